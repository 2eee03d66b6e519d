import type { Source } from '../../functions/model/source.ts';
import { QUEUE_NAMES } from '../queues.ts';
import type { OperatorDesk } from './operator.ts';
import { sendNow } from './send-now.ts';
import type { LocalStack } from './stack.ts';

const MOST_ADDRESSES = 50;

/** The operator page's hands on the running service. */
export const createDesk = (stack: LocalStack, advance: OperatorDesk['advance'], news: () => string): OperatorDesk => {
  const { clock, ses, queues, delayed, ports } = stack;
  return {
    get news() {
      return news();
    },
    now: clock.now,
    advance,
    mode: ses.mode,
    setMode: ses.setMode,
    sendNow: (address) => sendNow(ports, address, clock.now()),
    addresses: () =>
      [
        ...new Set(
          ses.mails
            .all()
            .toReversed()
            .flatMap(({ to }) => to),
        ),
      ].slice(0, MOST_ADDRESSES),
    zones: async () => [...new Set((await ports.cohorts.all()).map(({ zone }) => zone))],
    async sources() {
      const all: Source[] = [];
      for await (const source of ports.sources.all()) all.push(source);
      return all;
    },
    depths: () => QUEUE_NAMES.map((queue) => ({ queue, depth: queues.depth(queue) })),
    waiting: delayed.waiting,
  };
};
