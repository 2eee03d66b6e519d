import { createHash } from 'node:crypto';
import type { Subscriber, SubscriberId } from '../model/subscriber.ts';
import type { Log, Subscribers } from '../ports.ts';

interface MendPorts {
  subscribers: Subscribers;
  log: Log;
}

/** 48 bits for who has which address: a set of numbers holds a million in some 50 MB, where the texts would take five times that. */
const fingerprint = (addressKey: string, id: SubscriberId): number =>
  createHash('sha256').update(`${id}${addressKey}`).digest().readUIntBE(0, 6);

/** The addresses taken, by fingerprint, less those whose subscriber was met: what is left at the end belongs to nobody. */
export type Taken = Set<number>;

export const readTaken = async ({ subscribers }: MendPorts): Promise<Taken> => {
  const taken: Taken = new Set();
  for await (const page of subscribers.addresses())
    for (const { addressKey, id } of page) taken.add(fingerprint(addressKey, id));
  return taken;
};

/** Strikes a subscriber's address off; false if they have none. */
export const meet = (taken: Taken, { id, addressKey }: Subscriber): boolean =>
  taken.delete(fingerprint(addressKey, id));

/** Takes the address of a subscriber who has none: without it, the same person could sign up twice. True if it was mended. */
export const mendAddressOf = async (
  { subscribers, log }: MendPorts,
  { id, addressKey }: Subscriber,
): Promise<boolean> => {
  // the scan is older than the subscriber may be
  if ((await subscribers.byId(id))?.addressKey !== addressKey) return false;
  const owner = await subscribers.idOfAddress(addressKey);
  if (owner === id) return false;
  if (owner === undefined && (await subscribers.claimAddress(addressKey, id))) {
    log.warn('census.repaired', { what: 'address', subscriber: id });
    return true;
  }
  log.error('census.address-twice', { subscriber: id, owner: owner ?? '' });
  return false;
};

const isOrphan = async ({ subscribers, log }: MendPorts, addressKey: string, id: SubscriberId): Promise<boolean> => {
  try {
    return (await subscribers.byId(id))?.addressKey !== addressKey;
  } catch (error) {
    // a row that cannot be read is still somebody
    log.error('census.broken', { subscriber: id, error: error instanceof Error ? error.name : 'unknown' });
    return false;
  }
};

/** Lets go of addresses that were claimed and never used, or given up half: a crash of sign-up, change or deletion left them. */
export const releaseOrphans = async (ports: MendPorts, left: Taken): Promise<number> => {
  if (left.size === 0) return 0;
  let released = 0;
  for await (const page of ports.subscribers.addresses()) {
    for (const { addressKey, id } of page) {
      if (!left.has(fingerprint(addressKey, id)) || !(await isOrphan(ports, addressKey, id))) continue;
      await ports.subscribers.releaseAddress(addressKey, id);
      ports.log.warn('census.repaired', { what: 'orphan', subscriber: id });
      released++;
    }
  }
  return released;
};
