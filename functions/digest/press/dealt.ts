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
  /** Of the reason: outlets, kind, and what it names. */
  outlets: number;
  kind: Reason['because']['kind'];
  name: string;
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

/** What a reason names, as far as its words tell one from another of its kind. */
const nameOf = ({ because }: Reason): string => {
  switch (because.kind) {
    case 'topic':
      return because.topic;
    case 'source':
      return because.title;
    case 'keyword':
      return because.keyword;
    case 'pick':
      return because.note;
    case 'biggest':
      return '';
    case 'fill':
      return because.topic ?? '';
    default:
      return because satisfies never;
  }
};

/** How a card was shown that is made of the same objects; nothing if none was. */
export const known = (dealt: DealtCards, { chosen, story }: Card, role: Role): Shown | undefined => {
  const cards = dealt.get(chosen.telling);
  if (cards === undefined) return undefined;
  const { event, also, reason, update } = chosen;
  for (const each of cards) {
    if (
      each.also === also &&
      each.role === role &&
      each.story === story &&
      each.event === event &&
      each.update === update &&
      each.outlets === reason.outlets &&
      each.kind === reason.because.kind &&
      each.name === nameOf(reason)
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
  const { outlets, because } = reason;
  cards.push({ role, story, event, also, outlets, kind: because.kind, name: nameOf(reason), update, shown });
};
