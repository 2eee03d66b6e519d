import { caniemail } from 'caniemail';
import { expect, test } from 'vitest';
import { mailPages } from '../browser/mail-pages.ts';

/** Clients that matter for a digest and that caniemail's data covers whole. */
const CLIENTS = ['gmail.*', 'apple-mail.*', 'outlook.*', 'yahoo.*', 'aol.*', 'samsung-email.*'] as const;

/**
 * What some client does not support, and why the mail may still use it. The list may not grow: whoever adds a feature shows here
 * what becomes of the mail without it. MJML's own resets and frame bring those marked so.
 */
const KNOWN: Record<string, string> = {
  '<style> element':
    'Gmail with foreign accounts: inline styles carry the light design; only dark mode and phone gutters go',
  '@media': 'as above',
  'Attribute selector': 'Outlook.com only needs it: its own dark mode',
  'Chaining selectors': 'as the style element',
  'Child combinator': 'as the style element',
  'Class selector': 'as the style element',
  'Descendant combinator': 'as the style element',
  'ID selector': 'MJML: a reset for old Outlook',
  'Type selector': 'MJML: resets',
  ':hover': 'headlines are bold and large: the line under them is an extra',
  '<bdi> element': 'an unknown element is its content; the order of signs beside a foreign name may be off',
  '<body> element': 'MJML repeats ground and direction on a div',
  'aria-label attribute': 'MJML: names the article; the heading says the same',
  'role attribute': 'layout tables are read as tables',
  'border-radius': 'square corners',
  'color-scheme CSS property': 'the client decides alone',
  'color-scheme meta tag': 'the client decides alone',
  'display:none': 'the preview line is one pixel high and has no opacity as well',
  opacity: 'the preview line is hidden in four ways',
  overflow: 'as opacity',
  'max-height property': 'a tall picture is shown whole',
  'object-fit': 'a picture of another shape is stretched to a square; thumbnails are off by default',
  float: 'the align attribute says the same',
  'height property': 'the height attribute says the same',
  outline: 'MJML: a reset',
  'table-layout': 'MJML: the default value',
  'word-break': 'MJML: long words may widen the page',
  'word-spacing': 'MJML: the default value',
};

test('the mails use nothing that mail programs lack, but what is listed', async () => {
  const found = new Set<string>();
  for (const html of Object.values(await mailPages())) {
    for (const issues of caniemail({ clients: [...CLIENTS], html }).issues.errors.values())
      for (const { title } of issues) found.add(title);
  }
  expect([...found].sort()).toEqual(Object.keys(KNOWN).sort());
});
