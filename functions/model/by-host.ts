/**
 * So much of one host goes into one message: one worker asks a host at a time, and loses little if it fails. Of bytes SQS takes 256 KiB,
 * and one message too large would keep all of a tick's from being sent.
 */
const MOST = { addresses: 20, bytes: 200_000 };

const sizeOf = (item: object): number => Buffer.byteLength(JSON.stringify(item));

/** Addresses by their host, so many to a group as one message to the fetcher may hold. Their order stays. */
export const byHost = <Item extends { url: string }>(items: readonly Item[]): { host: string; group: Item[] }[] => {
  const groups: { host: string; group: Item[] }[] = [];
  for (const [host, all] of Map.groupBy(items, ({ url }) => URL.parse(url)?.host ?? '')) {
    let [group, bytes]: [Item[], number] = [[], 0];
    for (const item of all) {
      const size = sizeOf(item);
      if (group.length === 0 || group.length === MOST.addresses || bytes + size > MOST.bytes) {
        [group, bytes] = [[], 0];
        groups.push({ host, group });
      }
      group.push(item);
      bytes += size;
    }
  }
  return groups;
};
