import { beforeEach, describe, expect, it } from 'vitest';
import { createEditionCache } from '../../functions/digest/edition-cache.ts';
import { exampleDigest } from '../../functions/digest/example.ts';
import { createPress } from '../../functions/digest/press/press.ts';
import { lookOf, MAIL_POLICY } from '../../functions/subscribers/pages/style.ts';
import { aSource } from '../builders.ts';
import { drawAll, publish } from '../digest/newsroom.ts';
import { atTheChoices, type Choices, form, OWN } from './choices.ts';
import { aSite } from './site.ts';

const NEWS = drawAll(
  { title: 'Ceasefire holds overnight', sources: ['daily-example', 'allgemein'], topics: ['world'] },
  { title: 'Comet seen over desert', sources: ['daily-example'], topics: ['science'] },
  { title: 'Glacier loses its name', sources: ['labor-beispiel'], topics: ['science'] },
  { title: 'Secret garden opens', sources: [OWN], private: true },
);

type Ports = Awaited<ReturnType<typeof aSite>>['ports'];

/** A site whose examples are chosen and printed as mails are. */
const withExamples = (site: { ports: Ports; memory: Parameters<typeof createEditionCache>[0] }): void => {
  const { ports, memory } = site;
  const made = { ...ports, ...memory, news: createEditionCache(memory), press: createPress(ports.brand) };
  const links = { digest: () => ({ manage: 'm', pause: 'p', unsubscribe: 'u', web: 'w' }) };
  ports.example = (wishes) => exampleDigest({ ...made, links }, wishes);
};

describe('an example of a digest', () => {
  let at: Choices;

  beforeEach(async () => {
    at = await atTheChoices();
    withExamples(at.site);
  });

  const publishNews = async () => {
    await at.site.sources.save(aSource({ id: OWN, title: 'Secret Feed', standing: 'private' }));
    await publish(at.site.memory, 1, NEWS);
  };

  it('is there for a stranger, of all topics, and says what it is', async () => {
    await publishNews();
    const { status, text, headers } = await at.site.get('/example');
    expect([status, headers.get('content-security-policy')]).toEqual([200, MAIL_POLICY]);
    for (const said of ['Ceasefire holds', 'Comet seen', 'An example of what your digest would hold now'])
      expect(text).toContain(said);
    expect(text).not.toMatch(/Secret|\/m\/|\/u\//);
    expect(at.site.writes).toEqual([]);
  });

  it('is by what stands in the form, with no address needed', async () => {
    await publishNews();
    const { text } = await at.site.post('/example', form({ email: '', topics: ['science'], sources: [] }));
    expect(text).toContain('Glacier loses its name');
    expect(text).not.toContain('Secret garden');
    expect(text).toMatch(/>Science<\/h2>/);
    expect(text).not.toMatch(/>World<\/h2>/);
  });

  it('speaks the language of the form', async () => {
    await publishNews();
    const { text } = await at.site.post('/example', form({ language: 'de' }));
    expect(text).toContain('lang="de"');
    expect(text).toContain('verschickt wurde nichts');
  });

  it('never shows a stranger what comes from a source that others keep to themselves', async () => {
    await publishNews();
    const sources = ['https://own.example/secret-feed'];
    expect((await at.site.post('/example', form({ topics: [], sources }))).text).not.toContain('Secret garden');
    const weak = await at.site.post(`${at.weak}/example`, form({ topics: [], sources: [OWN] }));
    expect(weak.text).not.toContain('Secret garden');
    const fresh = await at.site.post(`${at.fresh}/example`, form({ topics: [], sources: [OWN] }));
    expect(fresh.text).toContain('Secret garden');
  });

  it('shows a reader what unsaved choices would bring, and saves nothing', async () => {
    await publishNews();
    const { status, text } = await at.site.post(`${at.weak}/example`, form({ topics: ['science'], sources: [] }));
    expect([status, text.includes('Comet seen over desert')]).toEqual([200, true]);
    expect(await at.stored()).toEqual(at.reader);
    expect((await at.site.get(`${at.weak}/example`)).headers.get('location')).toBe(at.weak);
  });

  it.each(['/example', 'choices'])('says what is wrong with a form: %s', async (path) => {
    const { status, text, headers } = await at.site.post(
      path === 'choices' ? `${at.weak}/example` : path,
      form({ zone: 'Mars/Base' }),
    );
    expect([status, text.includes('We do not know this time zone')]).toEqual([400, true]);
    expect(headers.get('content-security-policy')).toBe(lookOf({}).policy);
  });

  it('says so before the first edition', async () => {
    expect((await at.site.get('/example')).text).toContain('Nothing to show yet');
  });

  it('is looked at sixty times in ten minutes from one network, and no more', async () => {
    const site = await aSite({ sparedNetworks: [] });
    withExamples(site);
    const statuses = new Set<number>();
    for (let n = 0; n < 60; n++) statuses.add((await site.post('/example', form({ sources: [] }))).status);
    expect([...statuses]).toEqual([200]);
    expect((await site.post('/example', form({ sources: [] }))).status).toBe(429);
  });
});
