import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { createPress } from '../../../functions/digest/press/press.ts';
import type { DigestView } from '../../../functions/model/digest.ts';
import { aCard, aView, BRAND, ENVELOPE } from './views.ts';

const press = createPress(BRAND);

const mailed = async (view: DigestView) => {
  const { html = '', text = '' } = await PostalMime.parse(press.digest(view, ENVELOPE).raw);
  return { html: html.replace(/<[^>]*>/g, ''), text };
};

test('a mail in text offers more of its topics and less of its sources, a line each, as HTML does', async () => {
  const over = {
    lead: aCard({ sourceTitle: 'Daily & Sons' }),
    sections: [{ heading: { kind: 'topic', topic: 'science' }, cards: [] }] satisfies DigestView['sections'],
  };
  const view = aView({ ...over, format: 'text' });
  const { text } = await mailed(view);
  expect(text).toContain(
    `\n\nMore of:\nScience: ${view.links.more}science\n\nLess from:\nDaily & Sons: ${view.links.less}`,
  );
  expect((await mailed(aView(over))).text).not.toContain('More of');
});

test.each([
  ['keywords' as const, 'What your keywords bring comes from the next digest on.'],
  ['sources' as const, 'What your own sources bring comes from the next digest on.'],
  ['both' as const, 'What your keywords and your own sources bring comes from the next digest on.'],
])('a first digest without what %s bring says so of nothing else', async (joining, said) => {
  const { text, html } = await mailed(aView({ kind: 'welcome', joining, lead: aCard({}) }));
  for (const part of [text, html]) expect(part.replace(/\s+/g, ' ')).toContain(`(Europe/Berlin). ${said} `);
});
