import { describe, expect, it } from 'vitest';
import { isAuthentic } from '../../functions/subscribers/mail-trust.ts';

const SPF =
  'spf=pass (spfCheck: domain of reader.example) client-ip=1.2.3.4; envelope-from=ada@reader.example; helo=m.x;';
const DKIM = 'dkim=pass header.i=@reader.example;';
const NO_SPF = 'spf=none (spfCheck: none) client-ip=1.2.3.4; envelope-from=x@evil.example; helo=m.x;';

/** Who wrote a mail, by what SES says. Fails if: a pass for another domain counts · a line that is not SES's counts · an odd line counts. */
describe('an author', () => {
  it.each([
    ['SPF', `amazonses.com; ${SPF} dmarc=none header.from=reader.example;`],
    ['DKIM', `amazonses.com; ${NO_SPF} ${DKIM} dmarc=none header.from=reader.example;`],
    ['a second signature', `amazonses.com; ${NO_SPF} dkim=pass header.i=@list.example; ${DKIM}`],
    ['DMARC', `amazonses.com; ${NO_SPF} dmarc=pass header.from=reader.example;`],
    ['capitals', `AmazonSES.com; ${NO_SPF} DKIM=PASS header.i=@Reader.Example;`],
  ])('is believed by %s', (_, line) => {
    expect(isAuthentic(line, 'ada@reader.example')).toBe(true);
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
    expect(isAuthentic(line, 'ada@reader.example')).toBe(false);
  });
});
