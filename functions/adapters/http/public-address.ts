import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address, as text, belongs to the open internet: public unicast, and for IPv6 inside 2000::/3 and not one
 * that carries an IPv4 address (IANA special-purpose registries). Anything that is no address is not public.
 */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv4) return true;
  return ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
};
