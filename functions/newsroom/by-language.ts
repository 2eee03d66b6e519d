/** More languages than any newsroom reads at a time. A feed may name another for each of its stories: there are eighteen thousand codes. */
const MOST = 24;

/** Something costly for each language, made when it is first asked for. When there are too many, all are let go: those in use come back. */
export class ByLanguage<T> {
  readonly #make: (language: string) => T;
  readonly #made = new Map<string, T>();

  constructor(make: (language: string) => T) {
    this.#make = make;
  }

  of(language: string): T {
    const known = this.#made.get(language);
    if (known !== undefined) return known;
    if (this.#made.size >= MOST) this.#made.clear();
    const made = this.#make(language);
    this.#made.set(language, made);
    return made;
  }
}
