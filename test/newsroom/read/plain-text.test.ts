import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readable, withoutTail } from '../../../functions/newsroom/read/boilerplate.ts';
import {
  cleanLine,
  cutText,
  htmlToText,
  looksLikeHtml,
  plainText,
} from '../../../functions/newsroom/read/plain-text.ts';

describe('the words of HTML', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One Two'],
    [
      '<p>Falcons are taken from hundreds of nests</p><p>In the hall they wait</p>',
      'Falcons are taken from hundreds of nests. In the hall they wait',
    ],
    [
      'Falcons are taken from their nests <p>Is anybody looking?</p> <p></p>',
      'Falcons are taken from their nests. Is anybody looking?',
    ],
    ['<p>Is anybody looking after them now?</p><p>No.</p>', 'Is anybody looking after them now? No.'],
    ['<p>鹰被带走 了 在 夜里 的 山上</p><p>没有人</p>', '鹰被带走 了 在 夜里 的 山上 没有人'],
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

  it('drops joiners that join nothing, and keeps those of scripts and emoji', () => {
    expect(cleanLine('in \u200cthe \u200dharbour\u200c, now')).toBe('in the harbour, now');
    expect(cleanLine('می\u200cخواهم 🏃\u200d♀️')).toBe('می\u200cخواهم 🏃\u200d♀️');
  });

  it('judges a run of joiners by what stands on either side of it', () => {
    const idle = /(?<![^\s\p{Script=Latin}\p{P}])[\u200c\u200d]+|[\u200c\u200d]+(?![^\s\p{Script=Latin}\p{P}])/gu;
    const piece = fc.constantFrom('\u200c', '\u200d', 'a', 'ب', 'م', '🏃', '漢', '.', '1', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('').trim();
        expect(cleanLine(text)).toBe(text.replace(/ +/g, ' ').replace(idle, '').replace(/ +/g, ' ').trim());
      }),
      { numRuns: 2000 },
    );
  });

  // what walks on from each joiner to the last never comes to an end here
  it('takes a run of joiners of any length', () => {
    const run = '\u200d'.repeat(500_000);
    expect(cleanLine(`ب${run}ب`)).toHaveLength(run.length + 2);
    expect(cleanLine(`a${run}ب`)).toBe('aب');
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

describe('references left over in text', () => {
  it.each([
    ['S. Korea&apos;s budget', "S. Korea's budget"],
    ['Tom &amp;amp; Jerry &amp;#039;return&amp;#039;', "Tom & Jerry 'return'"],
    ['&ldquo;No&rdquo; &#8212; three times&hellip;', '“No” — three times…'],
    // an article on HTML
    ['Why &nbsp; and &lt;br&gt; are no layout', 'Why &nbsp; and &lt;br&gt; are no layout'],
    ['R&D; A&B;', 'R&D; A&B;'],
  ])('%j reads %j', (value, read) => {
    expect(plainText({ kind: 'text', value })).toBe(read);
  });

  it('are spelled in HTML too, where they were escaped twice', () => {
    expect(plainText({ kind: 'html', value: 'The &amp;quot;first&amp;quot; snow' })).toBe('The "first" snow');
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
    ['It rained. The post Rain appeared first on', 'It rained.'],
    ['Boats out. . Read the full article on Harbour Post.', 'Boats out.'],
    ['Boats are out. #boats', 'Boats are out.'],
    ['Boats are out #boats #harbour', 'Boats are out'],
    ['What became of #boats', 'What became of #boats'],
    ['Article URL: https://a.example/b Comments URL: https://c.example/1 Points: 7 # Comments: 0', ''],
    ['Nothing appended here.', 'Nothing appended here.'],
  ])('%s', (text, rest) => {
    expect(withoutTail(text)).toBe(rest);
  });
});

describe('what of a summary is for reading', () => {
  it.each([
    ['The bridge opens today. More at https://a.example/x and https://a.example/y', 'The bridge opens today.'],
    ['https://a.example/picture.png Hey, the bridge is open. See you.', 'Hey, the bridge is open. See you.'],
    ['Site: https://a.example Shop: https://b.example', ''],
    ['Harbour Post https://a.example/1', ''],
    ['Fot. Ada Nowak', ''],
    ['Foto: Ada Nowak', ''],
    [
      'Photo: the bridge that opened today was built by a hundred people in three years, says its maker.',
      'Photo: the bridge that opened today was built by a hundred people in three years, says its maker.',
    ],
    ['Photographs of the bridge are shown in town.', 'Photographs of the bridge are shown in town.'],
  ])('%s', (text, rest) => {
    expect(readable(text)).toBe(rest);
  });
});
