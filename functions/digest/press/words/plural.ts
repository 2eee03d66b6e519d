/** The forms that a language tells numbers apart by (CLDR plural categories); `other` is always there. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Picks the form for a count in one language; `#` in it stands for the number. */
export const pluralOf = (locale: string): ((count: number, forms: Forms) => string) => {
  const rules = new Intl.PluralRules(locale);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', () => String(count));
};
