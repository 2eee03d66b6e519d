import type { Form } from './card.ts';
import { ink, type TextInk } from './ink.ts';
import type { Line } from './line.ts';
import type { Printed } from './printed.ts';

/** A story as some readers get it: a printed card with its lines in place. */
export interface Shown {
  printed: Printed;
  /** Who else covers it; absent in brief mails, and where nobody does. */
  also: Line | undefined;
  /** Why it was chosen; absent in brief mails. */
  reason: Line | undefined;
  /** The HTML in a form, put together when first asked for. */
  html: (form: Form) => string;
  text: TextInk;
  /** It holds a line that 7bit may not carry. */
  long: boolean;
}

const whole = ({ text }: Printed, lines: readonly Line[]): TextInk => {
  const parts = [text.before, ...lines.map((line) => line.text), text.after];
  return {
    ascii: ink(parts.map(({ ascii }) => ascii).join('')),
    size: parts.reduce((sum, { size }) => sum + size, 0),
  };
};

/** Puts a card together; a pick says why it is one beside its time, others on a last line. */
export const makeShown = (printed: Printed, also: Line | undefined, reason: Line | undefined): Shown => {
  const order = printed.role === 'pick' ? [reason, also] : [also, reason];
  const lines = order.filter((line) => line !== undefined);
  const forms: Partial<Record<Form, string>> = {};
  return {
    printed,
    also,
    reason,
    html: (form) => {
      const known = forms[form];
      if (known) return known;
      const { before, after } = printed.html(form);
      const between = form === 'brief' ? [] : lines.map(({ html }) => html);
      const made = ink([before, ...between, after].join(''));
      forms[form] = made;
      return made;
    },
    text: whole(printed, lines),
    long: printed.long || lines.some(({ long }) => long),
  };
};
