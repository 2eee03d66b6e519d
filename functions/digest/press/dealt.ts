import type { Card, Reason } from '../../model/digest.ts';
import type { NewsEvent, Telling } from '../../model/event.ts';
import type { Story } from '../../model/story.ts';
import type { Role } from './card.ts';
import type { Shown } from './shown.ts';

/** A card as it came before, and how it was shown. */
interface Dealt {
  role: Role;
  story: Story;
  event: NewsEvent;
  also: readonly Telling[];
  reason: Reason;
  update: boolean;
  shown: Shown;
}

/**
 * Cards by the telling shown. Readers of one edition share its objects, so that mostly a look at which they are says how a card is
 * printed; comparing what is in them takes three times as long.
 */
export type DealtCards = Map<Telling, Dealt[]>;

/** Ways in which one telling was shown, at most. */
const KEPT = 24;

const sameReason = ({ outlets, because: a }: Reason, { outlets: others, because: b }: Reason): boolean => {
  if (outlets !== others) return false;
  switch (a.kind) {
    case 'topic':
      return b.kind === 'topic' && a.topic === b.topic;
    case 'source':
      return b.kind === 'source' && a.title === b.title;
    case 'keyword':
      return b.kind === 'keyword' && a.keyword === b.keyword;
    case 'pick':
      return b.kind === 'pick' && a.note === b.note;
    case 'biggest':
      return b.kind === 'biggest';
    case 'fill':
      return b.kind === 'fill' && a.topic === b.topic;
    default:
      return a satisfies never;
  }
};

/** How a card was shown that is made of the same objects; nothing if none was. */
export const known = (dealt: DealtCards, { chosen, story }: Card, role: Role): Shown | undefined => {
  const cards = dealt.get(chosen.telling);
  if (cards === undefined) return undefined;
  for (const each of cards) {
    if (
      each.also === chosen.also &&
      each.role === role &&
      each.story === story &&
      each.event === chosen.event &&
      each.update === chosen.update &&
      sameReason(each.reason, chosen.reason)
    )
      return each.shown;
  }
  return undefined;
};

/** Keeps how a card was shown. */
export const remember = (dealt: DealtCards, { chosen, story }: Card, role: Role, shown: Shown): void => {
  const { telling, event, also, reason, update } = chosen;
  const cards = dealt.get(telling) ?? [];
  if (cards.length >= KEPT) return;
  if (cards.length === 0) dealt.set(telling, cards);
  cards.push({ role, story, event, also, reason, update, shown });
};
