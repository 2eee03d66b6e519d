import { createServer } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { buildConnector } from 'undici';
import * as z from 'zod';
import type { Dial } from '../../functions/adapters/http/guard.ts';
import { createWebReader } from '../../functions/adapters/http/web-reader.ts';
import { type GroupResult, type Judged, readKit, resultOf } from './case.ts';

const expect = z.enum(['block', 'allow', 'may']);
const kitSsrf = z.object({
  addresses: z.array(z.object({ ip: z.string(), expect })),
  urls: z.array(
    z.object({
      id: z.string(),
      url: z.string(),
      expect,
      redirects: z.array(z.string()).optional(),
      dns: z.record(z.string(), z.array(z.array(z.string()))).optional(),
    }),
  ),
});

type UrlCase = z.infer<typeof kitSsrf>['urls'][number];

/** A second opinion on what is private, so that the guard is not judged by itself. */
const blockList = (family: 'ipv4' | 'ipv6', nets: Readonly<Record<string, number>>): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of Object.entries(nets)) list.addSubnet(net, prefix, family);
  return list;
};

// Two lists: in one, an IPv6 net of mapped addresses would hold every IPv4 address as well.
const PRIVATE_4 = blockList('ipv4', {
  '0.0.0.0': 8,
  '10.0.0.0': 8,
  '100.64.0.0': 10,
  '127.0.0.0': 8,
  '169.254.0.0': 16,
  '172.16.0.0': 12,
  '192.168.0.0': 16,
  '224.0.0.0': 3,
});
const PRIVATE_6 = blockList('ipv6', { '::': 8, '64:ff9b::': 16, 'fc00::': 7, 'fe80::': 10, '2002::': 16 });

const isPrivate = (address: string): boolean =>
  isIPv6(address) ? PRIVATE_6.check(address, 'ipv6') : PRIVATE_4.check(address, 'ipv4');

/** A web of one server: it answers each request with the next redirect, then with a feed. */
const startWeb = async () => {
  let redirects: string[] = [];
  const server = createServer((_request, response) => {
    const location = redirects.shift();
    if (location === undefined) response.writeHead(200, { 'content-type': 'text/xml' }).end('<rss><channel/></rss>');
    else response.writeHead(302, { location: Buffer.from(location).toString('latin1') }).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  const set = (next: readonly string[]) => {
    redirects = [...next];
  };
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: String(port), set, close };
};

/** Fetches an address of a case's own little internet; tells what came of it and which addresses were dialled. */
const attempt = async (port: string, url: string, answers: (host: string) => readonly string[]) => {
  const dialled: string[] = [];
  const connect = buildConnector({ timeout: 2000 });
  const dial: Dial = (options, callback) => {
    dialled.push(options.hostname);
    connect({ ...options, protocol: 'http:', hostname: '127.0.0.1', host: '127.0.0.1', port }, callback);
  };
  const web = createWebReader({ userAgent: 'Broadsheet conformance', lookup: async (host) => answers(host), dial });
  const outcome = await web.get(url);
  await web.close();
  return { outcome, dialled };
};

const runUrl = async (web: Awaited<ReturnType<typeof startWeb>>, each: UrlCase): Promise<Judged> => {
  web.set(each.redirects ?? []);
  const asked = new Map<string, number>();
  const { outcome, dialled } = await attempt(web.port, each.url, (host) => {
    const call = asked.get(host) ?? 0;
    asked.set(host, call + 1);
    const lists = each.dns ? (each.dns[host] ?? []) : [['93.184.215.14']];
    return lists[Math.min(call, lists.length - 1)] ?? [];
  });
  const clean = !dialled.some(isPrivate);
  // Where a name's answer changes, dialling the first, public one and never asking again is right too.
  const rebinds = Object.values(each.dns ?? {}).some((lists) => lists.length > 1);
  const blocked = clean && (outcome.kind === 'failed' || rebinds);
  return {
    id: each.id,
    ok: each.expect === 'block' ? blocked : clean && (each.expect === 'may' || outcome.kind === 'fetched'),
  };
};

/** Addresses and URLs that must never be dialled, and controls that must, through the whole web reader. */
export const runSsrf = async (kit: string): Promise<GroupResult[]> => {
  const { addresses, urls } = await readKit(kitSsrf, kit, 'ssrf', 'ssrf.json');
  const web = await startWeb();
  try {
    const ips: Judged[] = [];
    for (const { ip, expect: expected } of addresses) {
      web.set([]);
      const { outcome, dialled } = await attempt(web.port, 'http://kit.example/', () => [ip]);
      const blocked = outcome.kind === 'failed' && outcome.why === 'blocked' && dialled.length === 0;
      const allowed = outcome.kind === 'fetched' && dialled.join() === ip;
      ips.push({ id: ip, ok: expected === 'may' || (expected === 'block' ? blocked : allowed) });
    }
    const addressed: Judged[] = [];
    for (const each of urls) addressed.push(await runUrl(web, each));
    return [resultOf('ssrf/addresses', ips), resultOf('ssrf/urls', addressed)];
  } finally {
    web.close();
  }
};
