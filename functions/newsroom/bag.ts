/** Different terms with a number each, in the order in which they first came. */
export interface Bag {
  readonly terms: readonly number[];
  readonly weights: readonly number[];
}

/** Where in the bag a term stands, from 1, at the place its hash says; all 0 between two bags. */
let places = new Uint16Array(1024);

/**
 * Adds up the weights of equal terms, in place. A `Map` keeps every hash above 2^31, as half of them are, as an object of its own.
 * Terms are hashes of 32 bits and at most 32,767.
 */
export const bagOf = (terms: number[], weights: number[]): Bag => {
  let length = 32;
  while (length < 2 * terms.length) length *= 2;
  if (length > places.length) places = new Uint16Array(length);
  let size = 0;
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i] ?? 0;
    let place = term & (length - 1);
    while (places[place] !== 0 && terms[(places[place] ?? 0) - 1] !== term) place = (place + 1) & (length - 1);
    const at = places[place] ?? 0;
    if (at > 0) {
      weights[at - 1] = (weights[at - 1] ?? 0) + (weights[i] ?? 0);
      continue;
    }
    terms[size] = term;
    weights[size] = weights[i] ?? 0;
    places[place] = ++size;
  }
  terms.length = size;
  weights.length = size;
  places.fill(0, 0, length);
  return { terms, weights };
};
