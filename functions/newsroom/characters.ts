/** Tells kinds of characters, above 0, by the first pattern that fits; `other` where none does. Each character of the basic plane is looked into when it is first met. */
export const kindsOfCharacters = (
  patterns: readonly (readonly [RegExp, number])[],
  other: number,
): ((code: number) => number) => {
  const kinds = new Uint8Array(0x10000);
  return (code) => {
    const known = kinds[code] ?? 0;
    if (known !== 0) return known;
    const character = String.fromCharCode(code);
    const kind = patterns.find(([pattern]) => pattern.test(character))?.[1] ?? other;
    kinds[code] = kind;
    return kind;
  };
};
