import type { SourceId } from '../../model/source.ts';
import type { Form, Role } from './card.ts';
import { ink, type TextInk } from './ink.ts';
import type { Line } from './line.ts';
import type { Printed } from './printed.ts';

const whole = ({ text }: Printed, lines: readonly Line[]): TextInk => {
  const parts = [text.before, ...lines.map((line) => line.text), text.after];
  return {
    ascii: ink(parts.map(({ ascii }) => ascii).join('')),
    size: parts.reduce((sum, { size }) => sum + size, 0),
  };
};

/**
 * A story as some readers get it: a printed card with its lines in place. What every mail asks for stands here at hand, so that nothing
 * else of the story need come from memory.
 */
export class Shown {
  readonly printed: Printed;
  /** Who else covers it; absent in brief mails, and where nobody does. */
  readonly also: Line | undefined;
  /** Why it was chosen; absent in brief mails. */
  readonly reason: Line | undefined;
  /** For the text part, encoded. */
  readonly text: string;
  /** Bytes of that before transfer encoding. */
  readonly textSize: number;
  /** Of the card. */
  readonly role: Role;
  readonly hasPicture: boolean;
  readonly letters: number;
  readonly source: SourceId;
  /** It holds a line that 7bit may not carry. */
  readonly long: boolean;
  readonly #lines: readonly Line[];
  #pictured: string | undefined;
  #plain: string | undefined;
  #brief: string | undefined;

  /** Puts a card together; a pick says why it is one beside its time, others on a last line. */
  constructor(printed: Printed, also: Line | undefined, reason: Line | undefined) {
    const { role, hasPicture, letters, long, by } = printed;
    const order = role === 'pick' ? [reason, also] : [also, reason];
    this.printed = printed;
    this.also = also;
    this.reason = reason;
    this.#lines = order.filter((line) => line !== undefined);
    const { ascii, size } = whole(printed, this.#lines);
    this.text = ascii;
    this.textSize = size;
    this.role = role;
    this.hasPicture = hasPicture;
    this.letters = letters;
    this.source = by.telling.source;
    this.long = long || this.#lines.some((line) => line.long);
  }

  /** The HTML in a form, put together when first asked for. */
  html(form: Form): string {
    switch (form) {
      case 'pictured':
        this.#pictured ??= this.#htmlIn(form);
        return this.#pictured;
      case 'plain':
        this.#plain ??= this.#htmlIn(form);
        return this.#plain;
      case 'brief':
        this.#brief ??= this.#htmlIn(form);
        return this.#brief;
      default:
        return form satisfies never;
    }
  }

  #htmlIn(form: Form): string {
    const { before, after } = this.printed.html(form);
    const between = form === 'brief' ? [] : this.#lines.map(({ html }) => html);
    return ink([before, ...between, after].join(''));
  }
}
