import type { Heading, Reason } from '../../model/digest.ts';
import { capital } from './compose.ts';
import type { Words } from './words/words.ts';

const because = ({ because: why }: Reason, words: Words, set: (foreign: string) => string): string => {
  const say = words.digest.reason;
  switch (why.kind) {
    case 'topic':
      return say.topic(words.topics[why.topic]);
    case 'source':
      return say.source(set(why.title));
    case 'keyword':
      return say.keyword(set(why.keyword));
    case 'pick':
      return say.pick;
    case 'biggest':
      return say.biggest;
    case 'fill':
      return why.topic ? say.fillTopic(words.topics[why.topic]) : say.fill;
    default:
      return why satisfies never;
  }
};

/** `in 7 sources · you follow Science`. `set` says how words of others are written into it. */
export const reasonClauses = (reason: Reason, words: Words, set: (foreign: string) => string): string => {
  const clauses = reason.outlets > 1 ? [words.digest.reason.outlets(reason.outlets)] : [];
  return [...clauses, because(reason, words, set)].join(' · ');
};

/** The same as a line of its own. */
export const reasonLine = (reason: Reason, words: Words, set: (foreign: string) => string): string =>
  capital(reasonClauses(reason, words, set), words.locale);

/** What stands above a section. */
export const headingLine = (heading: Heading, words: Words, set: (foreign: string) => string): string => {
  const { sources, keyword, picks, fill } = words.digest.heading;
  switch (heading.kind) {
    case 'topic':
      return words.topics[heading.topic];
    case 'sources':
      return sources;
    case 'keyword':
      return keyword(set(heading.keyword));
    case 'picks':
      return picks;
    case 'fill':
      return fill;
    default:
      return heading satisfies never;
  }
};
