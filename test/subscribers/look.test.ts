import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACCENT } from '../../functions/digest/press/brand.ts';
import { aSite } from './site.ts';

const styleIn = (text: string): string => /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';

describe('the look of the pages', () => {
  it('has the accent of the mails', async () => {
    const { text } = await (await aSite()).get('/');
    expect(styleIn(text).match(/--accent:(#\w+)/g)).toEqual([`--accent:${ACCENT.light}`, `--accent:${ACCENT.dark}`]);
  });

  it('has the operator’s accent, its style let through by the policy and its icon in the same colour', async () => {
    const { ports } = await aSite();
    const site = await aSite({ brand: { ...ports.brand, accent: { light: '#1c4f8a', dark: '#9cc4f2' } } });
    const { text, headers } = await site.get('/');
    const style = styleIn(text);
    expect(style.match(/--accent:(#\w+)/g)).toEqual(['--accent:#1c4f8a', '--accent:#9cc4f2']);
    expect(headers.get('content-security-policy')).toContain(createHash('sha256').update(style).digest('base64'));
    expect(text).toContain("fill='%231c4f8a'");
    expect(text).not.toContain(ACCENT.light);
  });

  it('has the place where mails say that pictures are turned off', async () => {
    const { text } = await (await aSite()).get('/');
    const mail = readFileSync(new URL('../golden/full.html', import.meta.url), 'utf8');
    const place = /\/m\/\w+#([\w-]+)"/.exec(mail)?.[1] ?? 'nowhere';
    expect(text).toMatch(new RegExp(`<select id="${place}" name="pictures"`));
  });
});
