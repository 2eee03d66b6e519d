import type { Form } from './card.ts';
import type { Shown } from './shown.ts';

/** HTML of a digest at most, in bytes: Gmail cuts at 102 KB, and the footer is at the end. */
export const MOST_HTML = 90_000;

/**
 * How cards are shown that are too large for the room that the frame leaves them, in their order: pictures go first, then summaries from
 * the last card up until the rest fits, then cards from the tail. Fewer forms than cards mean that the tail is left to the web.
 */
export const squeeze = (shown: readonly Shown[], room: number, brief: boolean): Form[] => {
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
  return forms;
};
