/** A finished mail: MIME text and the envelope. */
export interface OutgoingMail {
  to: string;
  /** RFC 5322 message, CRLF, ASCII: a character is a byte. */
  raw: string;
  /** SES message tags; `delivery` for a digest, `letter` for a letter. */
  tags: Record<string, string>;
}

/** What SES made of one SendRawEmail call. */
export type SendOutcome =
  | { kind: 'accepted'; messageId: string }
  /**
   * Proven not accepted: an SES error that blames the client. `rejected` is about this mail, `paused` and `misconfigured` are about all; the
   * message is a name, never an address.
   */
  | { kind: 'refused'; error: 'throttled' | 'quota' | 'paused' | 'rejected' | 'misconfigured'; message: string }
  /** Time-out, reset, 5xx, nonsense: it may have been accepted. */
  | { kind: 'unknown'; message: string };

/**
 * An address as it goes into a mail and to SES, which takes domains in Punycode only: `ada@xn--bcher-kva.example` for
 * `ada@bücher.example`. What is no domain stays as it is.
 */
export const mailbox = (address: string): string => {
  if (/^[\x21-\x7e]*$/.test(address)) return address;
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  const host = /^[^\s\p{C}/?#:\\]+$/u.test(domain) ? URL.parse(`http://${domain}`)?.hostname : undefined;
  return host === undefined ? address : address.slice(0, at) + host;
};
