/** So many addresses of one host go into one message: one worker asks a host at a time, and loses little if it fails. */
const PER_MESSAGE = 20;

/** Addresses by their host, at most twenty in a group: what one message to the fetcher may hold. Their order stays. */
export const byHost = <Item extends { url: string }>(items: readonly Item[]): { host: string; group: Item[] }[] =>
  [...Map.groupBy(items, ({ url }) => URL.parse(url)?.host ?? '')].flatMap(([host, all]) =>
    Array.from({ length: Math.ceil(all.length / PER_MESSAGE) }, (_, part) => ({
      host,
      group: all.slice(part * PER_MESSAGE, (part + 1) * PER_MESSAGE),
    })),
  );
