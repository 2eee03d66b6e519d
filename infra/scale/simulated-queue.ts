import type { Instant } from '../../functions/model/time.ts';
import type { Queue } from '../../functions/ports.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A queue of standard kind in virtual time: in the order sent, but for what is delayed. */
export interface SimulatedQueue<Message> extends Queue<Message> {
  /** Works messages off, one at a time, until none is left, ready or delayed or in another worker's hands. */
  drain(work: (message: Message) => Promise<void>): Promise<void>;
}

/** How long a worker that finds nothing waits before it looks again: far below what the run takes. */
const LOOK_AGAIN_MS = 20;

export const simulatedQueue = <Message>(time: VirtualTime): SimulatedQueue<Message> => {
  const waiting: { message: Message; readyAt: Instant }[] = [];
  let inHand = 0;
  return {
    async send(messages, delayMs = 0) {
      for (const message of messages) waiting.push({ message, readyAt: time.now() + delayMs });
    },
    async drain(work) {
      while (waiting.length + inHand > 0) {
        const ready = waiting.findIndex(({ readyAt }) => readyAt <= time.now());
        const [next] = ready < 0 ? [] : waiting.splice(ready, 1);
        if (next) {
          inHand += 1;
          await work(next.message).finally(() => {
            inHand -= 1;
          });
        } else await time.wait(LOOK_AGAIN_MS);
      }
    },
  };
};
