import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutTail } from '../../../functions/newsroom/read/boilerplate.ts';
import { cleanLine, cutText, htmlToText, looksLikeHtml } from '../../../functions/newsroom/read/plain-text.ts';

describe('the words of HTML', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One Two'],
    ['a<b>b</b>c', 'abc'],
    ['Caf&eacute; &amp; bar &#8211; open', 'Café & bar – open'],
    ['5 &lt; 6 and 7 > 6', '5 < 6 and 7 > 6'],
    ['x<script>alert(1)</script>y<style>p{}</style>z', 'xyz'],
    ['<img src=x onerror=alert(1)>words', 'words'],
    ['a &#128; price', 'a € price'],
    ['unclosed <b>bold', 'unclosed bold'],
    ['<svg><title>t</title></svg>', 't'],
  ])('%s', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('holds no control characters, direction marks or lone surrogates, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = cleanLine(text);
        expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(line.isWellFormed()).toBe(true);
        expect(line).toBe(line.trim());
      }),
    );
  });
});

describe('text that may be HTML', () => {
  it.each([
    ['<b>bold</b> words', true],
    ['line<br>line', true],
    ['AT&amp;T', true],
    ['5 < 6', false],
    ['if a <b then', false],
    ['Map<String> in Java', false],
    ['AT&T', false],
    ['<mj-text>nested</mj-text>', false],
  ])('%s', (text, expected) => {
    expect(looksLikeHtml(text)).toBe(expected);
  });
});

describe('cutting', () => {
  it('cuts after a sentence', () => {
    const text = `${'A first sentence that says what happened. '.repeat(3)}And one that is far too long ${'x '.repeat(200)}`;
    expect(cutText(text, 160)).toBe('A first sentence that says what happened. '.repeat(3).trim());
  });

  it('cuts after a word, with an ellipsis, where a sentence is too long', () => {
    expect(cutText(`${'word '.repeat(100)}end`, 32)).toBe('word word word word word word…');
  });

  it('never exceeds the limit nor splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 20, max: 120 }), (text, limit) => {
        const cut = cutText(text.toWellFormed(), limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
      }),
      { examples: [['𝅘𝅥𝅮!𝅘𝅥𝅮𝅘𝅥𝅮"𐀀 ', 22]] },
    );
  });
});

describe('what programs append to a summary', () => {
  it.each([
    ['A fine question. submitted by /u/somebody [link] [comments]', 'A fine question.'],
    ['It rained. The post Rain appeared first on The Example.', 'It rained.'],
    ['It rained. Continue reading…', 'It rained.'],
    ['It rained and then [...]', 'It rained and then…'],
    ['People read more', 'People'],
    ['Nothing appended here.', 'Nothing appended here.'],
  ])('%s', (text, rest) => {
    expect(withoutTail(text)).toBe(rest);
  });
});
