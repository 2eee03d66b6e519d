/** Tells kinds of characters, above 0, by the first pattern that fits; `other` where none does. Each character of the basic plane is looked into when it is first met. */
export const kindsOfCharacters = (
  patterns: readonly (readonly [RegExp, number])[],
  other: number,
): ((code: number) => number) => {
  const kinds = new Uint8Array(0x10000);
  // apart from the answer for known ones: what a closure captures is new memory with each call
  const lookInto = (code: number): number => {
    const character = String.fromCharCode(code);
    const kind = patterns.find(([pattern]) => pattern.test(character))?.[1] ?? other;
    kinds[code] = kind;
    return kind;
  };
  return (code) => kinds[code] || lookInto(code);
};
