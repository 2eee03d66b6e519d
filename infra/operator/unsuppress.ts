import { mailbox } from '../../functions/model/mail.ts';
import type { Control, Subscribers } from '../../functions/ports.ts';
import type { Answer } from './commands.ts';
import type { SesList } from './ses-list.ts';

export interface UnsuppressPorts {
  subscribers: Pick<Subscribers, 'byId' | 'idOfAddress'>;
  /** The marks, which only who has the pepper can find: read for this command alone. */
  openMarks(): Promise<Pick<Control, 'suppressed' | 'unsuppress'>>;
  sesList: SesList;
}

/** An address as the operator wrote it, and its identity. */
export interface UnsuppressWish {
  address: string;
  addressKey: string;
}

/** How SES may have the address on its list: as mail went to it, as it was given, and in lower case. Nobody says that letters of both cases are one to it. */
const spellings = async ({ subscribers }: UnsuppressPorts, wish: UnsuppressWish): Promise<Set<string>> => {
  const id = await subscribers.idOfAddress(wish.addressKey);
  const reader = id && (await subscribers.byId(id));
  return new Set([...(reader ? [mailbox(reader.address)] : []), mailbox(wish.address), wish.addressKey]);
};

const MARKS = { bounce: 'a hard bounce', complaint: 'a report as spam' } as const;

/**
 * Lets mail go to an address again: takes it from SES's own list and then takes our mark. Nobody is subscribed by it: whose address it is
 * signs up, and confirms. Repeatable.
 * @throws an Error of one line if SES or a store refuses; our mark then still stands
 */
export const unsuppress = async (ports: UnsuppressPorts, wish: UnsuppressWish): Promise<Answer> => {
  const marks = await ports.openMarks();
  let listed = false;
  // SES first: without its consent a confirmation would bounce, and set our mark anew
  for (const address of await spellings(ports, wish)) listed = (await ports.sesList.remove(address)) || listed;
  const mark = await marks.suppressed(wish.addressKey);
  await marks.unsuppress(wish.addressKey);
  return {
    ok: true,
    lines: [
      mark ? `our mark is gone; it was set by ${MARKS[mark]}` : 'there was no mark of ours',
      listed ? 'SES had the address on its suppression list; it is gone from there' : 'SES did not have it on its list',
      'nobody is subscribed by this: whose address it is may sign up again and gets a confirmation',
    ],
    json: { mark: mark ?? null, ses: listed },
  };
};
