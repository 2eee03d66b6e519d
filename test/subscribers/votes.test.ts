import { beforeEach, describe, expect, it } from 'vitest';
import { atTheChoices, type Choices, fieldsOf, form, OWN } from './choices.ts';

let at: Choices;

beforeEach(async () => {
  at = await atTheChoices();
});

describe('the links for more and less in a mail', () => {
  it('takes votes from the links in the mail, and forgets them', async () => {
    const more = `${at.weak}/more?topic=science`;
    const less = `${at.weak}/less?source=daily-example`;
    expect((await at.site.get(more)).text).toContain('More about Science?');
    expect((await at.site.get(less)).text).toContain('Less from Daily Example?');
    expect(at.site.writes).toEqual([]);
    for (let n = 0; n < 3; n++) await at.site.post(more);
    await at.site.post(less);
    expect((await at.stored()).preferences.votes).toEqual([
      { on: { kind: 'topic', topic: 'science' }, weight: 2 },
      { on: { kind: 'source', source: 'daily-example' }, weight: -1 },
    ]);
    const shownVotes = ['topic:science', 'source:daily-example'];
    await at.site.post(at.weak, form({ shownVotes, votes: ['source:daily-example'] }));
    expect((await at.stored()).preferences.votes).toEqual([
      { on: { kind: 'source', source: 'daily-example' }, weight: -1 },
    ]);
  });

  it('counts a vote once, however often its page is loaded again, and takes it back', async () => {
    const more = `${at.weak}/more?topic=science`;
    const votes = async () => (await at.stored()).preferences.votes;
    const offered = fieldsOf((await at.site.get(more)).text, more);
    for (let n = 0; n < 3; n++) await at.site.post(more, offered);
    expect(await votes()).toEqual([{ on: { kind: 'topic', topic: 'science' }, weight: 1 }]);
    const { text } = await at.site.post(more, fieldsOf((await at.site.get(more)).text, more));
    expect((await at.site.get(more)).text).toContain('You asked for this twice already');
    await at.site.post(more, fieldsOf(text, more));
    expect(await votes()).toEqual([{ on: { kind: 'topic', topic: 'science' }, weight: 1 }]);
  });

  it('takes a mute back, also after a reload, and follows the source again if it was followed', async () => {
    const less = `${at.weak}/less?source=daily-example`;
    const mute = `${at.weak}/mute?source=daily-example`;
    const offered = fieldsOf((await at.site.get(less)).text, mute);
    await at.site.post(mute, offered);
    const { text } = await at.site.post(mute, offered);
    const unmute = `${at.weak}/unmute?source=daily-example`;
    expect((await at.site.post(unmute, fieldsOf(text, unmute))).text).toContain('It is as it was before.');
    expect((await at.stored()).preferences).toMatchObject({ mutes: [], sources: [OWN, 'daily-example'] });
  });

  it.each(['more?topic=gossip', 'more', 'less?source=<b>', 'mute?source='])('knows no vote %s', async (what) => {
    expect((await at.site.post(`${at.weak}/${what}`)).status).toBe(404);
    expect(await at.stored()).toEqual(at.reader);
  });

  it.each([
    ['more?topic=science', 'More about Science'],
    ['less?source=daily-example', 'Less from Daily Example'],
    ['mute?source=daily-example', 'Nothing more from Daily Example'],
  ])('says what %s did, and asks no more', async (act, title) => {
    expect((await at.site.post(`${at.weak}/${act}`)).text).toContain(`<h1>${title}</h1>`);
  });

  it('mutes a source and stops following it', async () => {
    await at.site.post(`${at.weak}/mute?source=daily-example`);
    expect((await at.stored()).preferences).toMatchObject({
      sources: [OWN],
      mutes: [{ kind: 'source', source: 'daily-example' }],
    });
  });

  it('a source or topic that is followed anew is muted no more; one that was followed all along stays muted', async () => {
    await at.site.post(`${at.weak}/mute?source=daily-example`);
    const muted = ['source:daily-example', 'topic:food', 'topic:world', 'gossip'];
    await at.site.post(at.weak, form({ sources: [], mutes: muted }));
    expect((await at.stored()).preferences.mutes).toHaveLength(4);
    const anew = { topics: ['world', 'food'], sources: ['daily-example'], mutes: muted };
    const { text } = await at.site.post(at.weak, form(anew));
    expect(text).toContain('Changed: Topics, Sources, Never show.');
    expect((await at.stored()).preferences.mutes).toEqual([
      { kind: 'topic', topic: 'world' },
      { kind: 'words', words: 'gossip' },
    ]);
  });
});
