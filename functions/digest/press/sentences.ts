/** The end of a sentence, and what begins after it. A period of a number, of initials or of a short word with a capital ends nothing. */
const END =
  /(?:[!?…؟]|(?<!(?:^|[\s(])(?:\p{Lu}\p{L}{0,2}|[\p{L}.]*\.\p{L}+|vs|etc|approx|bzw|usw))\.)["'”’»)\]]*\s+(?=[\p{Lu}\p{Lo}\p{N}"'“‘«„¿¡([])/gu;

/** Sentences at most, and characters in all, but for the first sentence. */
const SENTENCES = 2;
const CHARACTERS = 300;

/** The first one or two sentences of a summary: as much as a reader takes in before the next headline. Only whole ones, where the first is not too long itself. */
export const firstSentences = (text: string): string => {
  let end = 0;
  let count = 0;
  for (const {
    0: { length },
    index,
  } of text.matchAll(END)) {
    if (count > 0 && index + length > CHARACTERS) break;
    end = index + length;
    if (++count === SENTENCES) break;
  }
  const rest = count < SENTENCES && (count === 0 || text.length <= CHARACTERS);
  return (rest ? text : text.slice(0, end)).trim();
};
