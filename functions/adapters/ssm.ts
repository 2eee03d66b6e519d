import {
  GetParameterCommand,
  GetParametersCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { instant } from '../model/time.ts';
import type { PlannerMark } from '../ports.ts';

/** Either alphabet of base64, which has the digits of hexadecimal in it: whatever tool an operator makes secrets with. */
const key = z.string().regex(/^[A-Za-z0-9+/_-]{32,}={0,2}$/, 'at least 32 characters of base64 or hexadecimal');

/** The bytes of a secret that is written as base64. @throws naming the secret, never its content */
export const readKey = (name: string, text: string | undefined): Uint8Array => {
  const parsed = key.safeParse(text);
  if (!parsed.success) throw new Error(`secret ${name}: ${parsed.error.issues[0]?.message ?? 'missing'}`);
  return new Uint8Array(Buffer.from(parsed.data, 'base64url'));
};

/** A secret from a SecureString parameter. @throws naming the parameter at fault */
export const readSecret = async (ssm: SSMClient, name: string): Promise<Uint8Array> => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  return readKey(name, Parameter?.Value);
};

/** The two secrets of a function, from SecureString parameters, in one call. @throws naming the parameter at fault */
export const readSecrets = async (
  ssm: SSMClient,
  names: { linkKey: string; pepper: string },
): Promise<{ linkKey: Uint8Array; pepper: Uint8Array }> => {
  const { Parameters = [] } = await ssm.send(
    new GetParametersCommand({ Names: [names.linkKey, names.pepper], WithDecryption: true }),
  );
  const read = (name: string) => readKey(name, Parameters.find((parameter) => parameter.Name === name)?.Value);
  return { linkKey: read(names.linkKey), pepper: read(names.pepper) };
};

/** Empty in functions that hold none. */
export interface Secrets {
  linkKey: Uint8Array;
  pepper: Uint8Array;
}

export const NO_SECRETS: Secrets = { linkKey: new Uint8Array(), pepper: new Uint8Array() };

/** Where a function has its secrets from. */
type Whereabouts =
  | { SECRETS: 'none' }
  | { SECRETS: 'environment'; LINK_KEY: string; PEPPER: string }
  | { SECRETS: 'ssm'; LINK_KEY_PARAMETER: string; PEPPER_PARAMETER: string };

/** The secrets that stand in the settings themselves: local mode. */
export const secretsIn = (from: Whereabouts): Secrets =>
  from.SECRETS === 'environment'
    ? { linkKey: readKey('LINK_KEY', from.LINK_KEY), pepper: readKey('PEPPER', from.PEPPER) }
    : NO_SECRETS;

/** The secrets of a function, wherever they are. */
export const readSecretsFrom = async (from: Whereabouts, connect: () => SSMClient): Promise<Secrets> =>
  from.SECRETS === 'ssm'
    ? readSecrets(connect(), { linkKey: from.LINK_KEY_PARAMETER, pepper: from.PEPPER_PARAMETER })
    : secretsIn(from);

/** The mark as one parameter, which no restore of tables takes back. */
export const createMark = (ssm: SSMClient, name: string): PlannerMark => ({
  async read() {
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
      return instant.parse(Number(Parameter?.Value));
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  },
  async write(at) {
    await ssm.send(new PutParameterCommand({ Name: name, Value: String(at), Type: 'String', Overwrite: true }));
  },
});
