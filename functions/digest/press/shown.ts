import type { Form } from './card.ts';
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

/** A story as some readers get it: a printed card with its lines in place. */
export class Shown {
  readonly printed: Printed;
  /** Who else covers it; absent in brief mails, and where nobody does. */
  readonly also: Line | undefined;
  /** Why it was chosen; absent in brief mails. */
  readonly reason: Line | undefined;
  readonly text: TextInk;
  /** It holds a line that 7bit may not carry. */
  readonly long: boolean;
  readonly #lines: readonly Line[];
  readonly #forms: Record<Form, string | undefined> = { pictured: undefined, plain: undefined, brief: undefined };

  /** Puts a card together; a pick says why it is one beside its time, others on a last line. */
  constructor(printed: Printed, also: Line | undefined, reason: Line | undefined) {
    const order = printed.role === 'pick' ? [reason, also] : [also, reason];
    this.printed = printed;
    this.also = also;
    this.reason = reason;
    this.#lines = order.filter((line) => line !== undefined);
    this.text = whole(printed, this.#lines);
    this.long = printed.long || this.#lines.some(({ long }) => long);
  }

  /** The HTML in a form, put together when first asked for. */
  html(form: Form): string {
    this.#forms[form] ??= this.#htmlIn(form);
    return this.#forms[form];
  }

  #htmlIn(form: Form): string {
    const { before, after } = this.printed.html(form);
    const between = form === 'brief' ? [] : this.#lines.map(({ html }) => html);
    return ink([before, ...between, after].join(''));
  }
}
