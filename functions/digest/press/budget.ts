import type { Form } from './card.ts';
import type { Printed } from './printed.ts';

/** HTML of a digest at most, in bytes: Gmail cuts at 102 KB, and the footer is at the end. */
export const MOST_HTML = 90_000;

const sizeOf = (printed: readonly Printed[], form: (at: number) => Form): number =>
  printed.reduce((sum, card, at) => sum + card.html(form(at)).length, 0);

/** How each card is shown, and how many of them: the rest is 'N more on the web'. */
export interface Plan {
  shown: number;
  form: (at: number) => Form;
}

/**
 * Fits the cards into what the frame leaves: pictures go first, then summaries from the last card up, then the tail.
 * `pictured` says which cards may show one.
 */
export const planForms = (
  printed: readonly Printed[],
  room: number,
  brief: boolean,
  pictured: (at: number) => boolean,
): Plan => {
  const wanted = (at: number): Form => (brief ? 'brief' : pictured(at) ? 'pictured' : 'plain');
  if (sizeOf(printed, wanted) <= room) return { shown: printed.length, form: wanted };
  const plain = (): Form => (brief ? 'brief' : 'plain');
  let size = sizeOf(printed, plain);
  let whole = printed.length;
  while (size > room && whole > 0 && !brief) {
    whole--;
    const card = printed[whole];
    if (card) size -= card.html('plain').length - card.html('brief').length;
  }
  let shown = printed.length;
  while (size > room && shown > 0) {
    shown--;
    size -= printed[shown]?.html('brief').length ?? 0;
  }
  return { shown, form: (at) => (at < whole ? plain() : 'brief') };
};
