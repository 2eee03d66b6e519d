import { expect, it } from 'vitest';
import { type Hidden, WordUnits } from '../../functions/newsroom/model/hidden.ts';
import { Parameters } from '../../infra/train/adam.ts';
import { joined } from '../../infra/train/joined.ts';

const words = {
  size: 3,
  scale: 1,
  index: new Map<number, number>(),
  rarity: new Uint8Array(2),
  vectors: Int8Array.from([5, 1, -2, -1, 4, 3]),
};
const nowhere = [0, 0, 0, -50];

/** Numbers that are the same in every run, from -1 to 1. */
const numbers = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.sin(12.9898 * (at + 1) + 78.233 * seed));

const net = (seed: number, size: number, wordSize: number): Hidden => ({
  size,
  wordSize,
  word: numbers(wordSize * 3, seed),
  wordBias: numbers(wordSize, seed + 0.1),
  inner: numbers(size * 3, seed + 0.2),
  fromWord: numbers(size * wordSize, seed + 0.3),
  innerBias: numbers(size, seed + 0.4),
  outer: numbers(12 * size, seed + 0.5),
  outerBias: numbers(12, seed + 0.6),
});

const text = { vector: new Float32Array(3), places: [0, 1], shares: [0.3, 0.5] };
const scoresOf = (hidden: Hidden): number[] => [...new WordUnits(words, hidden, nowhere).scoresOf(text)];

// fails if a unit feels words of another network, if rows of the last layer are not put together by topic, or if scores are summed
it('networks that are joined answer with the mean of their answers', () => {
  const nets = [net(1, 4, 2), net(2, 4, 2), net(3, 5, 3)];
  const each = nets.map(scoresOf);
  const mean = Array.from({ length: 12 }, (_, k) => each.reduce((sum, scores) => sum + (scores[k] ?? 0), 0) / 3);
  const together = scoresOf(joined(nets));
  for (const [k, score] of mean.entries()) expect(together[k]).toBeCloseTo(score, 4);
  expect(new Set(mean.map((score) => score.toFixed(3))).size).toBeGreaterThan(6);
});

it('the mean of parameters is that of the steps kept, and of no other', () => {
  const parameters = new Parameters(Float32Array.from([1, 8]));
  parameters.values.set([2, 4]);
  parameters.keep();
  parameters.values.set([4, 0]);
  parameters.keep();
  parameters.values.set([100, 100]);
  expect([...parameters.mean()]).toEqual([3, 2]);
});
