import type { Subscriber } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import { readAddress } from './address.ts';
import { changeSubscriber } from './change.ts';
import { mayMail, type SlowDown } from './limits.ts';
import type { WebPorts } from './ports-of-web.ts';
import { isKnown } from './sign-up.ts';

/** Mails a confirmation to the new address; nothing changes before its button is pressed. */
export const askNewAddress = async (
  ports: WebPorts,
  { subscriber, to, toKey, client }: { subscriber: Subscriber; to: string; toKey: string; client: string },
  now: Instant,
): Promise<'taken' | SlowDown> => {
  const allowed = await mayMail(ports, { client, addressKey: toKey }, now);
  if (allowed === 'within')
    await ports.letters.send([{ v: 1, kind: 'address-change', subscriber: subscriber.id, to, askedAt: now }]);
  return typeof allowed === 'string' ? 'taken' : allowed;
};

/** Frees an address that nobody gets mail at: its holder left or never confirmed, is gone, or moved away before a crash. */
const freed = async ({ subscribers }: WebPorts, addressKey: string): Promise<boolean> => {
  const id = await subscribers.idOfAddress(addressKey);
  if (id === undefined) return true;
  const holder = await subscribers.byId(id);
  if (holder?.addressKey === addressKey && (isKnown(holder) || !(await subscribers.forget(holder)))) return false;
  await subscribers.releaseAddress(addressKey, id);
  return true;
};

/** Claims an address for a reader who proved that it is theirs; false if another subscription gets mail there. */
const claimOf = async (ports: WebPorts, addressKey: string, id: string): Promise<boolean> =>
  (await ports.subscribers.claimAddress(addressKey, id)) ||
  ((await freed(ports, addressKey)) && ports.subscribers.claimAddress(addressKey, id));

export type AddressOutcome = { kind: 'changed'; subscriber: Subscriber } | { kind: 'taken' } | { kind: 'dead' };

/**
 * Moves a subscription to a confirmed address. The new claim comes first and the old one goes last, so that no crash leaves a
 * subscriber without an address; a stale old claim is taken over by the next sign-up. Repeatable. Ends all links given out before.
 */
export const takeNewAddress = async (
  ports: WebPorts,
  { id, generation, to }: { id: string; generation: number; to: string },
  now: Instant,
): Promise<AddressOutcome> => {
  const read = readAddress(to, { allowReserved: ports.allowReserved === true });
  const subscriber = await ports.subscribers.byId(id);
  if (!read.ok || !subscriber || subscriber.status.kind === 'left') return { kind: 'dead' };
  if (subscriber.addressKey === read.key) return { kind: 'changed', subscriber };
  if (subscriber.generation !== generation) return { kind: 'dead' };
  if (!(await claimOf(ports, read.key, id))) return { kind: 'taken' };
  const changed = await changeSubscriber(ports, id, now, (current) => {
    // bounces counted so far were those of another mailbox
    const { softBounces: _, ...rest } = current;
    return current.generation === generation
      ? { ...rest, address: read.address, addressKey: read.key, generation: generation + 1 }
      : undefined;
  });
  if (changed?.after.addressKey !== read.key) return { kind: 'dead' };
  await ports.subscribers.releaseAddress(subscriber.addressKey, id);
  return { kind: 'changed', subscriber: changed.after };
};
