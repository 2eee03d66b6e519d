import {
  GetParameterCommand,
  GetParametersCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { LinkKeys } from '../model/link-keys.ts';
import { instant } from '../model/time.ts';
import type { PlannerMark } from '../ports.ts';

/** Either alphabet of base64, which has the digits of hexadecimal in it: whatever tool an operator makes secrets with. */
const KEY = /^[A-Za-z0-9+/_-]{32,}={0,2}$/;

const WANTED = 'at least 32 characters of base64 or hexadecimal, as `openssl rand -hex 32` makes them';

/** The bytes of a secret that is written as base64. @throws naming the secret, never its content */
export const readKey = (name: string, text: string | undefined, wanted = WANTED): Uint8Array => {
  if (text === undefined) throw new Error(`secret ${name} is missing: ${wanted}`);
  if (!KEY.test(text)) throw new Error(`secret ${name}: ${wanted}`);
  return new Uint8Array(Buffer.from(text, 'base64url'));
};

/**
 * The keys of links, in one text: the current first, then those that it replaced, with commas between them. An empty place is an error:
 * whoever put keys together and had one of them not must hear of it before all links made by it are dead.
 * @throws naming the secret and which of its keys is at fault, never their content
 */
export const readLinkKeys = (name: string, text: string | undefined): LinkKeys => {
  const [current, ...retired] = text?.split(',') ?? [];
  const read = (key: string | undefined, at: number): Uint8Array => {
    const which = retired.length === 0 ? name : `${name}, key ${at} of ${retired.length + 1}`;
    return readKey(which, key?.trim(), `${WANTED}, with a comma between several (the current first)`);
  };
  return [read(current, 1), ...retired.map((key, at) => read(key, at + 2))];
};

/** A secret from a SecureString parameter. @throws naming the parameter at fault */
export const readSecret = async (ssm: SSMClient, name: string): Promise<Uint8Array> => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  return readKey(name, Parameter?.Value);
};

/** The two secrets of a function, from SecureString parameters, in one call. @throws naming the parameter at fault */
export const readSecrets = async (ssm: SSMClient, names: { linkKey: string; pepper: string }): Promise<Secrets> => {
  const { Parameters = [] } = await ssm.send(
    new GetParametersCommand({ Names: [names.linkKey, names.pepper], WithDecryption: true }),
  );
  const textOf = (name: string) => Parameters.find((parameter) => parameter.Name === name)?.Value;
  return {
    linkKeys: readLinkKeys(names.linkKey, textOf(names.linkKey)),
    pepper: readKey(names.pepper, textOf(names.pepper)),
  };
};

/** Empty in functions that hold none. */
export interface Secrets {
  linkKeys: LinkKeys;
  pepper: Uint8Array;
}

export const NO_SECRETS: Secrets = { linkKeys: [new Uint8Array()], pepper: new Uint8Array() };

/** Where a function has its secrets from. */
type Whereabouts =
  | { SECRETS: 'none' }
  | { SECRETS: 'environment'; LINK_KEY: string; PEPPER: string }
  | { SECRETS: 'ssm'; LINK_KEY_PARAMETER: string; PEPPER_PARAMETER: string };

/** The secrets that stand in the settings themselves: local mode. */
export const secretsIn = (from: Whereabouts): Secrets =>
  from.SECRETS === 'environment'
    ? { linkKeys: readLinkKeys('LINK_KEY', from.LINK_KEY), pepper: readKey('PEPPER', from.PEPPER) }
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
