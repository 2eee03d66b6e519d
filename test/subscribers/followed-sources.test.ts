import { beforeEach, describe, expect, it } from 'vitest';
import { aSource } from '../builders.ts';
import { atTheChoices, type Choices, form, OWN } from './choices.ts';
import { aSite } from './site.ts';

let at: Choices;

beforeEach(async () => {
  at = await atTheChoices();
});

/** What was typed stands in its field, which says what to do and when. */
const expectFilledForm = ({ text, headers }: { text: string; headers: Headers }): void => {
  expect(text).toMatch(
    /<textarea id="f-sources"[^>]* aria-invalid="true"[^>]*>[^<]*https:\/\/feeds\.example\/2\/39\n?</,
  );
  expect(text).toContain('<a href="#f-sources">You added many sources today.');
  expect(headers.get('retry-after')).toBe('86400');
};

describe('sources on the page of choices', () => {
  it('keeps own sources beside all of the house', async () => {
    const { text } = await at.site.post(
      at.fresh,
      form({ sources: ['*', 'daily-example', OWN, 'https://two.example/feed'] }),
    );
    const { sources } = (await at.stored()).preferences;
    expect(sources).toEqual(['*', OWN, expect.stringMatching(/^p[0-9a-f]{30}$/)]);
    expect(text).toMatch(new RegExp(`value="${OWN}" checked`));
    expect(at.site.fetches.take()).toHaveLength(2);
    expect((await at.site.cohorts.followed()).sources).toEqual([...sources.slice(1)].sort());
    expect((await at.site.post(at.weak, form({ sources: '*' }))).status).toBe(200);
    expect((await at.stored()).preferences.sources).toHaveLength(3);
  });

  it('shows a source that left the catalogue by its name, and takes the form with it and without it', async () => {
    const site = await aSite();
    await site.sources.save(aSource({ id: 'late', title: 'The Late Post', endedAt: site.clock.now() }));
    const eve = await site.given({ address: 'eve@example.com', preferences: { sources: ['late', 'daily-example'] } });
    const path = site.pathOf(site.links.manage(eve, site.clock.now()));
    const { text } = await site.get(path);
    expect(text).toMatch(/value="late" checked>\s*<span>The Late Post/);
    expect(text.match(/>late/)).toBeNull();
    const sourcesAfter = async (sources: string[]) => {
      expect((await site.post(path, form({ sources }))).status).toBe(200);
      return (await site.subscribers.byId(eve.id))?.preferences.sources;
    };
    expect(await sourcesAfter(['late', 'daily-example'])).toEqual(['late', 'daily-example']);
    expect(await sourcesAfter(['daily-example'])).toEqual(['daily-example']);
  });

  it('takes a hundred addresses of sources a day, and no more', async () => {
    const site = await aSite({ clientOf: () => '203.0.113.9' });
    const eve = await site.given({ address: 'eve@example.com' });
    const path = site.pathOf(site.links.own(eve, site.clock.now()));
    const statuses: number[] = [];
    for (let save = 0; save < 3; save++) {
      const sources = Array.from({ length: 40 }, (_, n) => `https://feeds.example/${save}/${n}`);
      const fields = form({ sources });
      const answer = await site.post(path, fields);
      statuses.push(answer.status);
      if (answer.status === 429) expectFilledForm(answer);
    }
    expect(statuses).toEqual([200, 200, 429]);
  });
});
