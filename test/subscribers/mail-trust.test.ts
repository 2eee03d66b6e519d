import { describe, expect, it } from 'vitest';
import { readMail } from '../../functions/adapters/read-mail.ts';
import { isAuthentic } from '../../functions/subscribers/mail-trust.ts';

const SPF =
  'spf=pass (spfCheck: domain of reader.example) client-ip=1.2.3.4; envelope-from=ada@reader.example; helo=m.x;';
const DKIM = 'dkim=pass header.i=@reader.example;';
const NO_SPF = 'spf=none (spfCheck: none) client-ip=1.2.3.4; envelope-from=x@evil.example; helo=m.x;';

const RECEIVED = 'from m.x (m.x [1.2.3.4]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id a for s@in.example; x';
const BODY_HASH = Buffer.alloc(32).toString('base64');
const SEAL = Buffer.alloc(256).toString('base64');

/** A signature as servers write it, folded, but for what a test says. */
const signed = (domain: string, tags: Readonly<Record<string, string | undefined>> = {}): string =>
  Object.entries({
    v: '1',
    a: 'rsa-sha256',
    c: 'relaxed/relaxed',
    d: domain,
    s: 'k1._x',
    h: 'mime-version:From : to:\tsubject:date',
    t: '1767596400',
    bh: BODY_HASH,
    b: `${SEAL.slice(0, 70)} ${SEAL.slice(70)}`,
    ...tags,
  })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join('; ');

const OURS = signed('reader.example');
const ED25519 = signed('reader.example', { a: 'ed25519-sha256', s: 'k2' });

/** Whether a mail from Ada is believed with these results and signatures. */
const believed = (
  line: string,
  signatures: readonly string[] = [OURS],
  { received = RECEIVED, author = 'ada@reader.example' } = {},
): boolean =>
  isAuthentic(
    [
      { name: 'received', value: received },
      { name: 'authentication-results', value: line },
      ...signatures.map((value) => ({ name: 'dkim-signature', value })),
    ],
    author,
  );

const NONE = 'dmarc=none header.from=reader.example;';

/** Who wrote a mail, by what SES says. Fails if: a pass for another domain counts · a line that is not SES's counts · an odd line counts. */
describe('an author', () => {
  it.each<[string, string, string[]?]>([
    ['SPF', `amazonses.com; ${SPF} ${NONE}`, []],
    ['SPF, as SES says of a mail that nobody signed', `amazonses.com; ${SPF} dkim=none header.i=unknown; ${NONE}`, []],
    ['DKIM', `amazonses.com; ${NO_SPF} ${DKIM} ${NONE}`],
    [
      'a second signature',
      `amazonses.com; ${NO_SPF} dkim=pass header.i=@list.example; ${DKIM}`,
      [signed('list.example'), OURS],
    ],
    ['capitals', `AmazonSES.com; ${NO_SPF} DKIM=PASS header.i=@Reader.Example;`, [signed('Reader.Example')]],
    ['two signatures of one domain', `amazonses.com; ${NO_SPF} ${DKIM} ${DKIM} ${NONE}`, [OURS, ED25519]],
    ['two signatures, one of which SES passes over', `amazonses.com; ${NO_SPF} ${DKIM} ${NONE}`, [ED25519, OURS]],
    [
      // a direct mail has SPF as well; DKIM alone is not believed with a failure beside it, see below
      'SPF where one of two signatures of the domain failed',
      `amazonses.com; ${SPF} ${DKIM} dkim=permerror header.i=@reader.example; ${NONE}`,
      [OURS, ED25519],
    ],
    ['a signature for an address', `amazonses.com; ${NO_SPF} dkim=pass header.i=ada@reader.example;`],
    [
      'a signature that failed for somebody else',
      `amazonses.com; ${NO_SPF} dkim=fail header.i=@list.example; ${DKIM}`,
      [signed('list.example'), OURS],
    ],
    [
      'DMARC, which SPF for a bounce domain made pass',
      `amazonses.com; ${NO_SPF.replace('=none', '=pass').replace('evil', 'em.reader')} dkim=permerror header.i=@reader.example; dmarc=pass header.from=reader.example;`,
    ],
    [
      'DMARC, which a signature of the domain below made pass',
      `amazonses.com; ${NO_SPF} dkim=pass header.i=@m.reader.example; dmarc=pass header.from=reader.example;`,
      [signed('m.reader.example')],
    ],
  ])('is believed by %s', (_, line, signatures) => {
    expect(believed(line, signatures)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['another server', `mx.google.com; ${SPF} ${DKIM}`],
    ['a name like SES’s', `amazonses.com.evil.example; ${SPF}`],
    ['passes for another domain', `amazonses.com; ${SPF} ${DKIM}`.replaceAll('reader.example', 'evil.example')],
    ['a domain that ends alike', `amazonses.com; ${NO_SPF} dkim=pass header.i=@notreader.example;`],
    ['a domain below', `amazonses.com; ${NO_SPF} dkim=pass header.i=@a.reader.example;`],
    ['failures', `amazonses.com; ${SPF} ${DKIM}`.replaceAll('=pass', '=fail')],
    ['a failed DMARC', `amazonses.com; ${SPF} ${DKIM} dmarc=fail header.from=reader.example;`],
    ['a comment', `amazonses.com; ${NO_SPF} (dkim=pass header.i=@reader.example;)`],
    ['quotes', `amazonses.com; spf=pass envelope-from="a; ${DKIM}"@evil.example;`],
    ['an open bracket', `amazonses.com; spf=none (x; ${DKIM}`],
    [
      'a second sender, said as its name',
      `amazonses.com; spf=pass client-ip=1.2.3.4; envelope-from=x@evil.example; helo=m; envelope-from=a@reader.example;`,
    ],
    ['two of one kind', `amazonses.com; ${NO_SPF} ${SPF}`],
  ])('is not believed by %s', (_, line) => {
    expect(believed(line)).toBe(false);
  });
});

/** SES's line for a mail of Eve's, whose server's name she chose; then what SES found of the signatures that she put on it. */
const byEve = (name: string, found = '', own = NONE): string =>
  `amazonses.com; ${NO_SPF.replace('m.x', name)} ${found} ${own}`;

const FAILED = 'dkim=fail (signature did not verify) header.i=@reader.example;';
const EVE = 'dkim=pass header.i=@evil.example;';
const EVES = signed('evil.example');
const CLAIM = 'x; dkim=pass header.i=@reader.example';

/**
 * Eve names her server so that SES's line, if SES wrote the name as it came, says that Ada's domain signed. What she cannot do is to keep SES
 * from writing what it found of a signature of hers in Ada's name. Each case with the one-line change that it finds.
 */
describe('a server’s name that holds a result', () => {
  it.each<[change: string, line: string, signatures: string[]]>([
    ['signedBy: more results than signatures are taken', byEve(CLAIM, 'dkim=permerror header.i=unknown;'), [OURS]],
    ['signedBy: a pass needs no signature of its domain', byEve(CLAIM), [EVES]],
    ['signedBy: a failure beside it is nothing', byEve(CLAIM, FAILED), [OURS, EVES]],
    [
      'signedBy: only a failure of the very domain counts',
      byEve(CLAIM, FAILED.replace('@', '@a.')),
      [signed('reader.example', { i: '@a.reader.example' }), EVES],
    ],
    [
      'isAgainst: a failure that names nobody is nothing',
      byEve(CLAIM, 'dkim=permerror header.i=unknown;'),
      [OURS, EVES],
    ],
    [
      'FORMS: what SES repeats of a signature may be anything, a blank too',
      byEve(CLAIM, FAILED.replace('@', 'a.b x@')),
      [signed('reader.example', { i: 'a.b=20x@reader.example' }), EVES],
    ],
    [
      'signedBy: six signatures are read like five',
      byEve(CLAIM, EVE.repeat(5)),
      [...Array.from({ length: 5 }, () => EVES), OURS],
    ],
    ['signedBy: a signature of a domain below will do', byEve(CLAIM), [signed('a.reader.example')]],
    ['signedBy: signatures that SES may pass over will do', byEve(CLAIM), [ED25519]],
    [
      'COMMENT: a comment may hold all but brackets',
      byEve(`${CLAIM}; dkim=pass (`, `${FAILED.replace(/ \(.*\)/, '')} dkim=pass header.i=)@evil.example;`),
      [OURS, EVES],
    ],
    ['resultsOf: one more of SPF or DMARC', byEve('x; dmarc=pass header.from=reader.example'), [OURS]],
    ['isAuthentic: DMARC needs nobody', byEve('x; dmarc=pass header.from=reader.example', '', ''), []],
    ['isAuthentic: DMARC is helped by anybody', byEve('x; dmarc=pass header.from=reader.example', EVE, ''), [EVES]],
  ])('%s', (_, line, signatures) => {
    expect(believed(line, signatures)).toBe(false);
  });

  // signedBy: a failure of the domain above is nothing
  it('is found by the failure of a signature of the domain above', () => {
    const claim = byEve(CLAIM.replace('@', '@a.'), FAILED);
    expect(believed(claim, [OURS, EVES], { author: 'ada@a.reader.example' })).toBe(false);
  });

  // mail-signatures.ts: the check of one tag is left out
  it.each<Readonly<Record<string, string | undefined>>>([
    ...['v', 'a', 's', 'h', 'b', 'bh'].map((tag) => ({ [tag]: undefined })),
    { d: 'example' },
    { v: '2' },
    { a: 'rsa-sha512' },
    { s: 'a b' },
    { h: 'to:subject' },
    { h: 'fr om' },
    { b: '!' },
    { bh: '' },
    { c: 'none' },
    { q: 'http' },
    { t: 'now' },
    { x: '-1' },
    { l: 'all' },
    { i: '@evil.example' },
    { i: 'a=20b@reader.example' },
    { i: 'reader.example' },
    { ' d': 'reader.example' },
  ])('a signature with %j, which SES may pass over, is none', (tags) => {
    expect(believed(byEve(CLAIM), [signed('reader.example', tags)])).toBe(false);
  });

  // isAuthentic: the name is looked for in the results alone; ODD_SERVER: the first `by` ends the name
  it.each([
    'from x; dkim=pass (m.x [1.2.3.4]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id a for s@in.example; x',
    'from m.x (a=b.x [1.2.3.4]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id a for s@in.example; x',
    'from x by inbound-smtp.x; y= ([1.2.3.4]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id a for s@in.example; x',
  ])('is no server’s name: %s', (received) => {
    expect(believed(`amazonses.com; ${SPF} ${DKIM}`, [OURS], { received })).toBe(false);
  });

  // read-mail.ts: a header's name is taken as the parser reads it
  it.each(['DKIM-Signature ', 'D\u212aIM-Signature'])('no verifier knows the header %j', async (name) => {
    const mail = await readMail(Buffer.from(`${name}: ${OURS}\r\nDKIM-Signature: ${EVES}\r\n\r\n`));
    expect(mail?.headers.filter((each) => each.name === 'dkim-signature')).toHaveLength(1);
  });

  // mail-signatures.ts: one expression looks for `from` anywhere in the list, or for a colon behind blanks
  it.each([
    ['names', 'from:'.repeat(500_000)],
    ['blanks', `from${' \t'.repeat(1_000_000)}x`],
  ])('a signature of megabytes of %s is refused; by the square of its length that would take hours', (_, list) => {
    expect(believed(byEve(CLAIM), [signed('reader.example', { h: `${list} a b` })])).toBe(false);
  });
});
