/** Where a mail signs up whoever wrote it, at the operator's domain for incoming mail. */
export const SUBSCRIBE = 'subscribe';

/** Where a mail takes off whoever wrote it: people try such addresses, though we name none of them. */
export const LEAVE = ['unsubscribe', 'stop'] as const;

const STOP = 'stop+';

/**
 * The address a mail to which ends a subscription, for a List-Unsubscribe beside the web address (RFC 2369 3.2). The token is that of
 * the web address, so that no body or subject is needed, which some programs do not send.
 */
export const stopAddress = (unsubscribe: string, domain: string): string =>
  `${STOP}${unsubscribe.slice(unsubscribe.lastIndexOf('/') + 1)}@${domain}`;

/** The local parts of those addresses that are at our domain, as they came: a token has capitals. */
export const localPartsAt = (addresses: readonly string[], domain: string): string[] =>
  addresses.flatMap((address) => {
    const at = address.lastIndexOf('@');
    return at > 0 && address.slice(at + 1).toLowerCase() === domain.toLowerCase() ? [address.slice(0, at)] : [];
  });

/** The token of an address made by `stopAddress`; nothing for any other. */
export const tokenOfStop = (localPart: string): string | undefined =>
  localPart.toLowerCase().startsWith(STOP) ? localPart.slice(STOP.length) : undefined;
