/** Topics with such a chance leave no doubt. */
const SURE = 0.75;
const STRENGTH = 1.4;

/** What an event counts for among its topics' news, as a factor on the odds of its importance: less than 1 where its topics, together, are in doubt. */
export const fitOf = (chance: number): number => Math.min(1, chance / SURE) ** STRENGTH;

/**
 * How important an event is on the shelf of its topic, 0 to 1. Importance is learned from front pages: without this a break-in at a cafe
 * outranks every recipe on the shelf of Food. On odds, so that what many outlets tell keeps its place whatever topics it touches.
 */
export const scoreOnTopic = ({ importance, fit }: { importance: number; fit: number }): number =>
  (importance * fit) / (importance * fit + 1 - importance);

/** The fit that makes one score of another: what a rebuilt desk learns from the shelves of the last edition. */
export const fitBetween = (importance: number, onTopic: number): number =>
  onTopic > 0 && onTopic < importance && importance < 1
    ? (onTopic / (1 - onTopic)) * ((1 - importance) / importance)
    : 1;
