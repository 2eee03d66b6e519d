import type { Places } from '../../functions/newsroom/model/places.ts';
import type { Words } from '../../functions/newsroom/model/words.ts';
import { hashTerm } from '../../functions/newsroom/text.ts';
import { type Landscape, lowest } from './descend.ts';

const ROUNDS = 60;
/** Names weigh more than other words, of which there are a hundred for each. */
const NAME_WEIGHS = 5;
/** How much weights are held small. */
const RIDGE = 0.07;
/** The ends that make the people of a country of its name. */
const ENDS = ['', 'n', 'an', 'ian', 'i', 'ese'];

const LETTERS = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i));
const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

/** Names of one word for countries, their people and languages, and the larger cities outside America, as Unicode and the time zones have them. */
const placeNames = (): string[] => {
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const countries = CODES.flatMap((code) => regions.of(code.toUpperCase()) ?? []);
  const cities = Intl.supportedValuesOf('timeZone').flatMap((zone) =>
    /^(Africa|Asia|Australia|Europe|Pacific)\//.test(zone) ? zone.slice(zone.lastIndexOf('/') + 1) : [],
  );
  return [
    ...countries.flatMap((country) => ENDS.map((end) => country + end)),
    ...CODES.flatMap((code) => languages.of(code) ?? []),
    ...cities,
  ].map((name) => name.toLowerCase());
};

/** How far a plane is from telling names (logistic loss); the plane's last number is its bias. */
const lossOf =
  ({ size, vectors }: Words, isName: Uint8Array): Landscape =>
  (plane, slopes) => {
    let loss = 0;
    for (let i = 0; i < size; i++) {
      loss += (RIDGE / 2) * (plane[i] ?? 0) ** 2;
      slopes[i] = RIDGE * (plane[i] ?? 0);
    }
    slopes[size] = 0;
    for (let word = 0; word < isName.length; word++) {
      const row = word * size;
      let [sum, square] = [0, 0];
      for (let i = 0; i < size; i++) {
        const value = vectors[row + i] ?? 0;
        sum += value * (plane[i] ?? 0);
        square += value * value;
      }
      const length = Math.sqrt(square) || 1;
      const side = isName[word] ? 1 : -1;
      const weight = isName[word] ? NAME_WEIGHS : 1;
      const error = Math.exp(-side * (sum / length + (plane[size] ?? 0)));
      loss += weight * Math.log1p(error);
      const slope = (-side * weight * error) / (1 + error);
      for (let i = 0; i < size; i++) slopes[i] = (slopes[i] ?? 0) + (slope * (vectors[row + i] ?? 0)) / length;
      slopes[size] = (slopes[size] ?? 0) + slope;
    }
    return loss;
  };

/** Learns to tell names of places by their vectors (logistic regression), so that those are known too that no list has. */
export const learnPlaces = (words: Words): Places => {
  const isName = new Uint8Array(words.rarity.length);
  for (const name of placeNames()) {
    const at = words.index.get(hashTerm(name));
    if (at !== undefined) isName[at] = 1;
  }
  return [...lowest(lossOf(words, isName), words.size + 1, ROUNDS)].map((weight) => Number(weight.toPrecision(6)));
};
