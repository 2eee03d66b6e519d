/** One SendRawEmail call, read and found in order. */
export interface RawSend {
  from: string;
  to: string[];
  raw: Uint8Array;
  tags: Record<string, string>;
  configurationSet: string | null;
}

/** An error as SES v1 names it. */
export interface SesFault {
  status: number;
  code: string;
  message: string;
}

const fault = (message: string, code = 'InvalidParameterValue'): SesFault => ({ status: 400, code, message });

/** The values of `NAME.member.1`, `NAME.member.2`, ... of the query protocol. */
const members = (form: URLSearchParams, name: string): string[] => {
  const values: string[] = [];
  for (
    let value = form.get(`${name}.member.1`);
    value !== null;
    value = form.get(`${name}.member.${values.length + 1}`)
  )
    values.push(value);
  return values;
};

const tagsOf = (form: URLSearchParams): Record<string, string> => {
  const tags: Record<string, string> = {};
  for (let n = 1; form.has(`Tags.member.${n}.Name`); n++)
    tags[form.get(`Tags.member.${n}.Name`) ?? ''] = form.get(`Tags.member.${n}.Value`) ?? '';
  return tags;
};

const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$|<[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>$/;
const MAX_BYTES = 10 * 1024 * 1024;

/** Header names of a message, lower case, up to the first empty line. */
const headerNames = (raw: Uint8Array): string[] => {
  const text = Buffer.from(raw).toString('latin1');
  const end = text.search(/\r?\n\r?\n/);
  return end < 0 ? [] : [...text.slice(0, end).matchAll(/^([!-9;-~]+):/gm)].map(([, name = '']) => name.toLowerCase());
};

/** What SES asks of a raw message (API reference, SendRawEmail): size, a header, From, and lines of at most 998 bytes. */
const messageFault = (raw: Uint8Array): SesFault | undefined => {
  if (raw.length === 0) return fault('Missing required parameter RawMessage.Data.');
  if (raw.length > MAX_BYTES) return fault(`Message length is more than ${MAX_BYTES} bytes long: '${raw.length}'.`);
  const names = headerNames(raw);
  if (names.length === 0) return fault('Missing start boundary');
  for (const name of ['from', 'subject'])
    if (names.filter((given) => given === name).length !== 1)
      return fault(`${names.includes(name) ? 'Duplicate' : 'Missing'} header '${name}'.`);
  let start = 0;
  for (let at = raw.indexOf(10); at >= 0; at = raw.indexOf(10, start)) {
    if (at - start > 1000) return fault('Line too long: more than 998 characters.');
    start = at + 1;
  }
  return undefined;
};

/** Reads a SendRawEmail form as SES does, or says what SES would say to it. */
export const readRawSend = (form: URLSearchParams): RawSend | SesFault => {
  const from = form.get('Source') ?? '';
  const to = members(form, 'Destinations');
  const tags = tagsOf(form);
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  if (from && !ADDRESS.test(from)) return fault(`Invalid source address.`);
  if (to.length === 0) return fault('Missing destinations.');
  if (to.length > 50) return fault('Recipient count exceeds 50.');
  if (to.some((address) => !ADDRESS.test(address))) return fault('Invalid destination address.');
  if (to.some((address) => /[^\x20-\x7e]/.test(address))) return fault('Domain contains illegal character');
  if (Object.entries(tags).some(([name, value]) => !TAG.test(name) || !TAG.test(value)))
    return fault('Message tag names and values: alphanumeric ASCII, "_", "-", at most 256.');
  return messageFault(raw) ?? { from, to, raw, tags, configurationSet: form.get('ConfigurationSetName') };
};
