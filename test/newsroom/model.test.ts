import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../functions/model/time.ts';
import { WordUnits } from '../../functions/newsroom/model/hidden.ts';
import { loadModel, modelOf } from '../../functions/newsroom/model/load.ts';
import { wordVector, worthOf } from '../../functions/newsroom/model/places.ts';
import { textEvidence } from '../../functions/newsroom/model/topics.ts';
import { meaningOf } from '../../functions/newsroom/model/words.ts';
import { hashPlain, hashTerm, wordsOf } from '../../functions/newsroom/text.ts';
import { NewsWindow } from '../../functions/newsroom/window.ts';
import { readExamples, readRows, TOPIC_SETS, text } from '../../infra/train/data.ts';
import { learnPlaces } from '../../infra/train/places.ts';
import { macroF1 } from '../../infra/train/score.ts';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const WEIGHTS = file('functions/newsroom/model/weights.generated.json');
const WORDS = file('functions/newsroom/model/words.generated.json');
const DATA = file('../shared/picking/data');

describe('the shipped model', () => {
  it('is what was trained: its hash is that of its content', () => {
    const { hash, ...content } = JSON.parse(readFileSync(WEIGHTS, 'utf8'));
    expect(createHash('sha256').update(JSON.stringify(content)).digest('hex')).toBe(hash);
    expect(loadModel().hash).toBe(hash);
  });

  it('saw every set and is under 8 MB in all', () => {
    expect(JSON.parse(readFileSync(WEIGHTS, 'utf8')).leftOut).toEqual([]);
    expect(statSync(WEIGHTS).size + statSync(WORDS).size).toBeLessThan(8e6);
  });

  it('refuses a file that is none', () => {
    expect(() => modelOf({ v: 1, topics: { terms: 'AAAA' } })).toThrow();
    expect(() => modelOf({ v: 2 })).toThrow();
  });
});

describe('the network over word vectors', () => {
  // fails if the last of an odd number of words is left out, if a row holds another word's units, or if a word's own units are not heard
  it('says of the sum of what the words bring what it says of the text at once', () => {
    const { words } = loadModel();
    if (!words) throw new Error('no model');
    const places = learnPlaces(words);
    const some = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i + length));
    const hidden = {
      size: 8,
      wordSize: 4,
      word: some(4 * words.size),
      wordBias: some(4),
      inner: some(8 * words.size),
      fromWord: some(8 * 4),
      innerBias: some(8),
      outer: some(12 * 8),
      outerBias: some(12),
    };
    const times = (matrix: Float32Array, vector: readonly number[]) =>
      Array.from({ length: matrix.length / vector.length }, (_, row) =>
        vector.reduce((sum, value, i) => sum + value * (matrix[row * vector.length + i] ?? 0), 0),
      );
    const positive = (values: readonly number[]) => values.map((value) => Math.max(0, value));
    const summed = (rows: readonly number[][], shares: readonly number[], size: number) =>
      Array.from({ length: size }, (_, i) => rows.reduce((sum, row, at) => sum + (shares[at] ?? 0) * (row[i] ?? 0), 0));
    const units = new WordUnits(words, hidden, places);
    for (const text of [
      'Dam bursts above the valley',
      'Sudan declares cholera outbreak',
      'Striker scores twice',
      'Bank',
      '',
    ]) {
      const meaning = meaningOf(wordsOf(text, 'en').map(hashPlain), words);
      const vectors = meaning.places.map((place) => [...wordVector(place, words, places)]);
      const own = vectors.map((vector) =>
        positive(times(hidden.word, vector).map((sum, i) => sum + (hidden.wordBias[i] ?? 0) * Math.hypot(...vector))),
      );
      const mean = summed(vectors, meaning.shares, words.size);
      const given = times(hidden.fromWord, summed(own, meaning.shares, 4));
      const felt = positive(
        times(hidden.inner, mean).map((sum, i) => sum + (given[i] ?? 0) + (hidden.innerBias[i] ?? 0)),
      );
      const whole = times(hidden.outer, felt).map((sum, k) => sum + (hidden.outerBias[k] ?? 0));
      units.scoresOf(meaning).forEach((score, k) => {
        expect(score).toBeCloseTo(whole[k] ?? Number.NaN, 4);
      });
    }
  });
});

describe('names of places', () => {
  const { words } = loadModel();
  if (!words) throw new Error('no model');
  const places = learnPlaces(words);
  const worth = (word: string) => worthOf(words.index.get(hashTerm(word)) ?? -1, words, places);

  // fails if names are not looked up, if the plane parts nothing, or if it counts names for more
  it('are known by their vectors, listed or not, and count for little', () => {
    for (const name of ['iran', 'ukrainian', 'kabul', 'crimea']) expect(worth(name)).toBeLessThan(0.6);
    for (const word of ['cholera', 'election', 'shares', 'striker']) expect(worth(word)).toBeGreaterThan(0.9);
  });
});

/** It has learned from these sets, so this tells only that it works at all; `npm run train -- --score` says what it can. */
describe.runIf(existsSync(DATA))('on the development sets', () => {
  it('tells topics by words alone', () => {
    const { topics, words } = loadModel();
    if (!topics || !words) throw new Error('no model');
    const floors: Record<string, number> = { agnews: 0.85, bbc: 0.9, huffpost: 0.6, feeds2026: 0.6, wcep: 0.8 };
    const sets = readExamples(DATA, TOPIC_SETS);
    for (const set of TOPIC_SETS) {
      const examples = (sets.get(set) ?? []).filter((_, at) => at % 4 === 0);
      const predicted = examples.map(({ plain, grams }) => {
        const { said: evidence } = textEvidence(grams, meaningOf(plain, words), topics);
        return evidence.indexOf(Math.max(...evidence));
      });
      expect({ set, ok: macroF1(examples, predicted) >= (floors[set] ?? 1) }).toEqual({ set, ok: true });
    }
  });

  it('finds the events of March 2014', () => {
    const rows = readRows(DATA, 'clusters-uci-dev');
    const window = new NewsWindow(loadModel());
    const facts = rows.map((row) => ({
      id: text(row, 'id'),
      title: text(row, 'title'),
      summary: '',
      url: text(row, 'url'),
      source: text(row, 'source'),
      seenAt: Number(row.ts) * 1000,
      sections: [],
      language: 'en',
    }));
    const hours = Map.groupBy(facts, ({ seenAt }) => Math.floor(seenAt / HOUR));
    for (const [, batch] of [...hours].sort(([a], [b]) => a - b)) window.add(batch);
    expect(bCubed(new Map(rows.map((row) => [text(row, 'id'), text(row, 'cluster')])), window)).toBeGreaterThan(0.84);
  });
});

/** BCubed F1: for each story, how much of its event is right and how much of the right one it holds. */
function bCubed(gold: ReadonlyMap<string, string>, window: NewsWindow): number {
  const sizes = new Map<string, number>();
  for (const event of gold.values()) sizes.set(event, (sizes.get(event) ?? 0) + 1);
  let [precision, recall] = [0, 0];
  for (const [id, event] of gold) {
    const members = [...(window.story(id)?.cluster.members ?? [])];
    const right = members.filter(({ facts }) => gold.get(facts.id) === event).length;
    precision += right / members.length / gold.size;
    recall += right / (sizes.get(event) ?? 1) / gold.size;
  }
  return (2 * precision * recall) / (precision + recall);
}
