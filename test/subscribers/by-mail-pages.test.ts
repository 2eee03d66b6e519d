import { describe, expect, it } from 'vitest';
import { CHROME_LANGUAGES } from '../../functions/model/subscriber.ts';
import { wordsOf } from '../../functions/subscribers/words/words.ts';
import { aSite } from './site.ts';

const INBOUND = 'in.news.example';

/** What the pages say of mail to us. Fails if: it is not said where mail is taken · it is said where none is · a place stays open. */
describe.each(CHROME_LANGUAGES)('in %s, the pages', (language) => {
  const pages = async (inbound: string | undefined) => {
    const { ports } = await aSite();
    const site = await aSite({ brand: { ...ports.brand, inbound } });
    const get = async (path: string) => (await site.get(path, { 'accept-language': language })).text;
    return { front: await get('/'), privacy: await get('/privacy') };
  };

  it('offer the address to write to, and say how long a mail is kept', async () => {
    const { front, privacy } = await pages(INBOUND);
    expect(front).toContain(`<a href="mailto:subscribe@${INBOUND}"><bdi>subscribe@${INBOUND}</bdi></a>`);
    expect(privacy).toContain(`<dt>${wordsOf(language).privacy.mail[0]}</dt>`);
    expect(privacy).toContain(INBOUND);
    expect(front + privacy).not.toMatch(/\{\w+\}(?![^<]*<\/(?:style|script)>)/);
  });

  it('say nothing of it where no mail is taken', async () => {
    const { front, privacy } = await pages(undefined);
    expect(front + privacy).not.toContain('mailto:');
    expect(privacy).not.toContain(wordsOf(language).privacy.mail[0]);
  });
});
