import { GetSendQuotaCommand, type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mailbox, type SendOutcome } from '../model/mail.ts';
import type { Mailer } from '../ports.ts';

/** One call may take so long; after that nobody knows. */
const LIMIT_MS = 10_000;

/**
 * How a client for the mailer must be made. A repeat inside the SDK would be a second mail that nobody counts. The SDK's own way to
 * base64 makes bytes of a text first, which takes longer than all else that is done for a mail.
 */
export const SES_CLIENT = {
  maxAttempts: 1,
  base64Encoder: (data: Uint8Array | string) =>
    typeof data === 'string' ? btoa(data) : Buffer.from(data).toString('base64'),
} as const;

type Refusal = Extract<SendOutcome, { kind: 'refused' }>['error'];

/** SES's names for what it refuses. A name that is not here but blames the client is about this mail: `rejected`. */
const REFUSALS: Record<string, Refusal> = {
  InvalidParameterValue: 'rejected',
  ValidationError: 'rejected',
  AccountSendingPausedException: 'paused',
  ConfigurationSetSendingPausedException: 'paused',
  ConfigurationSetDoesNotExistException: 'misconfigured',
  ConfigurationSetDoesNotExist: 'misconfigured',
  MailFromDomainNotVerifiedException: 'misconfigured',
  AccessDenied: 'misconfigured',
  AccessDeniedException: 'misconfigured',
  NotAuthorized: 'misconfigured',
  OptInRequired: 'misconfigured',
  InvalidClientTokenId: 'misconfigured',
  UnrecognizedClientException: 'misconfigured',
  SignatureDoesNotMatch: 'misconfigured',
  IncompleteSignature: 'misconfigured',
  MissingAuthenticationToken: 'misconfigured',
  ExpiredToken: 'misconfigured',
  RequestExpired: 'misconfigured',
};

const THROTTLES = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'LimitExceededException']);

/** True if SES's words name an address: they list identities with commas, some with a display name. */
const names = (message: string, address: string): boolean =>
  message
    .toLowerCase()
    .split(/[\s,:<>"]+/)
    .includes(address.toLowerCase());

/** What is logged where the account is in the sandbox and the recipient is nobody whom it may mail. */
const UNVERIFIED_RECIPIENT = 'RecipientNotVerified';

/**
 * Under the name MessageRejected SES says three things that only its words tell apart (SES developer guide, "Amazon SES email sending
 * errors"): a mail that it will not take, an account that may send nothing ("Sending paused for this account."), and identities that are
 * not verified. Of these the sender stops all mail; a recipient, in the sandbox, stops their own alone.
 */
const rejectionOf = (message: string, { from, to }: { from: string; to: string }): [Refusal, why?: string] => {
  if (/\b(paused|suspended)\b/i.test(message)) return ['paused'];
  if (!/not verified/i.test(message)) return ['rejected'];
  return names(message, to) && !names(message, from) ? ['rejected', UNVERIFIED_RECIPIENT] : ['misconfigured'];
};

/** SES gives the rate and the day's quota one name; only the words differ ("Daily message quota exceeded."). */
const refusalOf = (error: SESServiceException, between: { from: string; to: string }): SendOutcome => {
  const { name, message } = error;
  const refused = ([error, why = name]: [Refusal, why?: string]): SendOutcome => ({
    kind: 'refused',
    error,
    message: why,
  });
  if (THROTTLES.has(name)) return refused([/quota/i.test(message) ? 'quota' : 'throttled']);
  return refused(name === 'MessageRejected' ? rejectionOf(message, between) : [REFUSALS[name] ?? 'rejected']);
};

/**
 * SES's own word that it is our fault. The SDK blames the client for any 4xx, also for a proxy's 408 page: it names that
 * `Unknown`, since there is no code of SES in it (client-ses 3.1169).
 */
const blamesUs = (error: unknown): error is SESServiceException =>
  error instanceof SESServiceException &&
  error.$fault === 'client' &&
  error.name !== 'Unknown' &&
  !('Type' in error && error.Type === 'Receiver');

/** Proven not accepted is only what SES itself says and blames the client for; anything else may have been accepted. */
const outcomeOf = (error: unknown, between: { from: string; to: string }): SendOutcome => {
  if (blamesUs(error)) return refusalOf(error, between);
  // the name only: messages of SES quote addresses
  return { kind: 'unknown', message: error instanceof Error ? error.name : 'not an error' };
};

/** The SDK takes text for a blob (query protocol, client-ses 3.1169) and encodes it as it stands; its types tell of bytes only. */
const asBlob = (ascii: string): Uint8Array => ascii as unknown as Uint8Array;

/** @throws if the client would repeat calls */
const checkAttempts = async (ses: SESClient): Promise<void> => {
  if ((await ses.config.maxAttempts()) !== SES_CLIENT.maxAttempts) {
    throw new Error('the SES client must be made with SES_CLIENT: a repeat would mail twice');
  }
};

/**
 * SES, one SendRawEmail a mail.
 * @param options.from the envelope's sender, an address of a verified identity
 * @param options.limitMs for tests
 */
export const createMailer = (
  ses: SESClient,
  options: { configurationSet: string; from: string; limitMs?: number },
): Mailer => {
  const { configurationSet, from, limitMs = LIMIT_MS } = options;
  return {
    async send({ to, raw, tags }) {
      await checkAttempts(ses);
      const command = new SendRawEmailCommand({
        Source: from,
        Destinations: [mailbox(to)],
        RawMessage: { Data: asBlob(raw) },
        ConfigurationSetName: configurationSet,
        Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
      });
      try {
        const { MessageId } = await ses.send(command, { abortSignal: AbortSignal.timeout(limitMs) });
        return MessageId ? { kind: 'accepted', messageId: MessageId } : { kind: 'unknown', message: 'no message id' };
      } catch (error) {
        return outcomeOf(error, { from, to: mailbox(to) });
      }
    },

    async quota() {
      const quota = await ses.send(new GetSendQuotaCommand({}), { abortSignal: AbortSignal.timeout(limitMs) });
      return {
        maxPer24h: quota.Max24HourSend ?? 0,
        ratePerSecond: quota.MaxSendRate ?? 0,
        sentLast24h: quota.SentLast24Hours ?? 0,
      };
    },
  };
};
