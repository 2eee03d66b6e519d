import type { SESClient } from '@aws-sdk/client-ses';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod';
import { Sha256 } from '../../functions/adapters/sha256.ts';

/** SES's own suppression list, of the whole account: what stands on it is taken by SES, mailed to nobody and told as a bounce. */
export interface SesList {
  /** False if the address was not on it. @throws an Error of one line if SES refuses */
  remove(address: string): Promise<boolean>;
}

const refusal = z.object({ message: z.string() }).catch({ message: '' });

/** An address as one step of a path, by RFC 3986: what `encodeURIComponent` leaves as it is breaks the signature. */
const stepOf = (address: string): string =>
  encodeURIComponent(address).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The list by SES's second interface (DeleteSuppressedDestination), which has no other use here: one signed request instead of one more SDK.
 * @param ses says whose account, and in which region
 */
export const createSesList = (ses: SESClient, endpoint?: string): SesList => ({
  async remove(address) {
    const region = await ses.config.region();
    const { protocol, hostname, port, host } = new URL(endpoint ?? `https://email.${region}.amazonaws.com`);
    const signer = new SignatureV4({ service: 'ses', region, credentials: ses.config.credentials, sha256: Sha256 });
    const path = `/v2/email/suppression/addresses/${stepOf(address)}`;
    const signed = await signer.sign({
      method: 'DELETE',
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      path,
      query: {},
      headers: { host },
    });
    const { host: _, ...headers } = signed.headers;
    const answer = await fetch(`${protocol}//${host}${path}`, { method: 'DELETE', headers });
    if (answer.ok) return true;
    const kind = answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? '';
    if (answer.status === 404 && kind === 'NotFoundException') return false;
    const { message } = refusal.parse(await answer.json().catch(() => ({})));
    throw new Error(`SES's suppression list: ${kind || `status ${answer.status}`}${message && `, ${message}`}`);
  },
});
