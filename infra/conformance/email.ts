import * as z from 'zod';
import { readAddress } from '../../functions/subscribers/address.ts';
import { type GroupResult, readKit, resultOf } from './case.ts';

const pair = z.tuple([z.string(), z.string()]);
const verdict = z.enum(['accept', 'reject', 'reject-reserved', 'may', 'trim']);
const kitAddresses = z.object({
  sameSubscriber: z.array(pair),
  differentSubscribers: z.array(pair),
  cases: z.array(z.object({ id: z.string(), address: z.string(), verdict })),
});

const holds = (address: string, expected: z.infer<typeof verdict>): boolean => {
  const read = readAddress(address);
  switch (expected) {
    case 'accept':
      return read.ok;
    case 'trim':
      return read.ok && read.address === address.trim();
    case 'reject':
    case 'reject-reserved':
      return !read.ok;
    case 'may':
      return true;
    default:
      return expected satisfies never;
  }
};

const keyOf = (address: string): string | undefined => {
  const read = readAddress(address, { allowReserved: true });
  return read.ok ? read.key : undefined;
};

const samePerson = ([a, b]: z.infer<typeof pair>): boolean => keyOf(a) !== undefined && keyOf(a) === keyOf(b);

/** Addresses to accept or refuse, and pairs that are one subscriber or two. */
export const runEmail = async (kit: string): Promise<GroupResult[]> => {
  const { cases, sameSubscriber, differentSubscribers } = await readKit(kitAddresses, kit, 'email', 'addresses.json');
  return [
    resultOf(
      'email/addresses',
      cases.map((each) => ({ id: each.id, ok: holds(each.address, each.verdict) })),
    ),
    resultOf('email/identity', [
      ...sameSubscriber.map((each) => ({ id: `same: ${each.join(' ')}`, ok: samePerson(each) })),
      ...differentSubscribers.map((each) => ({ id: `different: ${each.join(' ')}`, ok: !samePerson(each) })),
    ]),
  ];
};
