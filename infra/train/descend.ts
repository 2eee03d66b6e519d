/** Writes the slopes at a point into `slopes` and returns the value there. */
export type Landscape = (at: Float64Array, slopes: Float64Array) => number;

const MEMORY = 8;
const ENOUGH = 1e-5;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/** `a + by * b`, as a new array. */
const plus = (a: Float64Array, b: Float64Array, by: number): Float64Array =>
  a.map((value, i) => value + by * (b[i] ?? 0));

interface Step {
  moved: Float64Array;
  bent: Float64Array;
  scale: number;
}

/** Downhill, bent by what the last steps taught of the curvature (the two loops of L-BFGS). */
const direction = (slopes: Float64Array, steps: readonly Step[]): Float64Array => {
  let way: Float64Array = slopes.map((slope) => -slope);
  const shares: number[] = [];
  for (const { moved, bent, scale } of steps.toReversed()) {
    const share = scale * dot(moved, way);
    shares.unshift(share);
    way = plus(way, bent, -share);
  }
  const last = steps.at(-1);
  if (last) {
    const first = 1 / (last.scale * dot(last.bent, last.bent));
    way = way.map((value) => value * first);
  }
  for (const [i, { moved, bent, scale }] of steps.entries()) {
    way = plus(way, moved, (shares[i] ?? 0) - scale * dot(bent, way));
  }
  return way;
};

/** The lowest point of a convex landscape, from 0 in so many rounds at most (L-BFGS with steps halved until they go down). */
export const lowest = (landscape: Landscape, size: number, rounds: number): Float64Array => {
  let at: Float64Array = new Float64Array(size);
  let slopes: Float64Array = new Float64Array(size);
  let value = landscape(at, slopes);
  const steps: Step[] = [];
  for (let round = 0; round < rounds; round++) {
    const way = direction(slopes, steps);
    const fall = dot(way, slopes);
    const nextSlopes = new Float64Array(size);
    let length = round === 0 ? Math.min(1, 1 / Math.sqrt(-fall || 1)) : 1;
    let next = plus(at, way, length);
    let nextValue = landscape(next, nextSlopes);
    while (nextValue > value + 1e-4 * length * fall && length > 1e-6) {
      length /= 2;
      next = plus(at, way, length);
      nextValue = landscape(next, nextSlopes);
    }
    const moved = plus(next, at, -1);
    const bent = plus(nextSlopes, slopes, -1);
    const curve = dot(moved, bent);
    if (curve > 1e-12) steps.push({ moved, bent, scale: 1 / curve });
    if (steps.length > MEMORY) steps.shift();
    const gained = value - nextValue;
    [at, slopes, value] = [next, nextSlopes, nextValue];
    if (gained < ENOUGH * Math.abs(value)) break;
  }
  return at;
};
