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
  /** Proven not accepted: an SES error that blames the client. */
  | { kind: 'refused'; error: 'throttled' | 'quota' | 'paused' | 'rejected' | 'misconfigured'; message: string }
  /** Time-out, reset, 5xx, nonsense: it may have been accepted. */
  | { kind: 'unknown'; message: string };
