/** Words that end with a period and no sentence, in the languages of our sources; those of up to three letters with one capital need no list. */
const SHORT =
  'EE|UU|vs|etc|approx|incl|excl|al|Prof|Profs|Sept|Capt|Corp|Supt|Messrs|Mmes|bzw|usw|ca|inkl|zzgl|sog|ggf|evtl|vgl|bspw|env|aprox|núm';

/** What cannot end a sentence with its period: a short word, initials, and where `\d{1,2}` is added a number that may be an ordinal. */
const before = (more: string): string =>
  `(?<!(?:^|[\\s(])(?:\\p{Lu}\\p{Ll}{0,2}|[\\p{L}.]*\\.\\p{L}+|${SHORT}${more})|["'“„‘«](?:Dr|Mrs?|Ms|St|Prof))`;

const CLOSING = '"\'”’»）」』〉》\\])';

const endOf = (more: string): RegExp =>
  new RegExp(
    `(?:[!?…؟۔।]|${before(more)}\\.)["'”’»)\\]]*\\s+(?=[\\p{Lu}\\p{Lo}\\p{N}"'“‘«„¿¡([])|[。！？][${CLOSING}]*(?![${CLOSING}とっ、，])\\s*(?=\\S)`,
    'gu',
  );

/** The end of a sentence, and what begins after it. Chinese and Japanese write no blank between; after what is quoted theirs may go on. */
const END = endOf('');

/** In languages that write ordinals so: `am 3. Mai`, `im 19. Jahrhundert`. */
const ORDINALS: ReadonlySet<string> = new Set(
  'bs cs da de et eu fi fo hr hu is lb lv nb nn no pl sk sl sr tr'.split(' '),
);
const END_AFTER_ORDINALS = endOf('|\\d{1,2}');

/** Sentences at most, and characters in all, but for the first sentence. */
const SENTENCES = 2;
const CHARACTERS = 300;

/**
 * The first one or two sentences of a summary: as much as a reader takes in before the next headline. Only whole ones, where the first is
 * not too long itself. `language` is the text's own, ISO 639.
 */
export const firstSentences = (text: string, language = ''): string => {
  let end = 0;
  let count = 0;
  const ends = ORDINALS.has(language) ? END_AFTER_ORDINALS : END;
  for (const {
    0: { length },
    index,
  } of text.matchAll(ends)) {
    if (count > 0 && index + length > CHARACTERS) break;
    end = index + length;
    if (++count === SENTENCES) break;
  }
  const rest = count < SENTENCES && (count === 0 || text.length <= CHARACTERS);
  return (rest ? text : text.slice(0, end)).trim();
};
