import type { Form } from './card.ts';
import type { Shown } from './shown.ts';

/** HTML of a digest at most, in bytes: Gmail cuts at 102 KB, and the footer is at the end. */
export const MOST_HTML = 90_000;

/** How the cards are shown, in their order; fewer forms than cards means that the tail is left to the web. */
export interface Plan {
  forms: Form[];
}

/** Summaries go from the last card up until the rest fits; then cards go from the tail. */
const squeeze = (shown: readonly Shown[], room: number, brief: boolean): Plan => {
  const forms = shown.map((): Form => (brief ? 'brief' : 'plain'));
  let size = shown.reduce((sum, card, at) => sum + card.html(forms[at] ?? 'plain').length, 0);
  for (let at = shown.length - 1; at >= 0 && size > room; at--) {
    const card = shown[at];
    if (!card || brief) continue;
    size -= card.html('plain').length - card.html('brief').length;
    forms[at] = 'brief';
  }
  while (size > room && forms.length > 0) {
    const last = shown[forms.length - 1];
    if (last) size -= last.html('brief').length;
    forms.pop();
  }
  return { forms };
};

/** Fits the cards into what the frame leaves them: pictures go first, then summaries, then the tail. */
export const planForms = (
  shown: readonly Shown[],
  room: number,
  brief: boolean,
  pictured: (card: Shown) => boolean,
): Plan => {
  const forms: Form[] = [];
  let size = 0;
  for (const card of shown) {
    const form = brief ? 'brief' : pictured(card) ? 'pictured' : 'plain';
    forms.push(form);
    size += card.html(form).length;
  }
  return size <= room ? { forms } : squeeze(shown, room, brief);
};
