/**
 * What newsrooms print beside the news: offers, where to stream what, quizzes and answers to puzzles, the printed paper's pages, the open
 * threads of forums. Such a story may be told by dozens of outlets in one day and is still no news: it stands on the shelf of its source
 * and nowhere else. These are words of the genre, in the languages of the catalogue; none of them names an event.
 */
const NOTICES: readonly RegExp[] = [
  /\b(promo|coupon|discount|referral|bonus) codes?\b|\bcoupons?\b|\bgutschein/iu,
  /\b(all-time low price|lowest price (ever|yet|of)|(its|their|at) lowest price)\b/iu,
  /\b(save|get|take) (up to )?[$€£]?\d+ ?%? ?(off|bonus)\b|(\d ?%|[$€£]\d[\d,.]*) off\b(?! (its|their|the|highs?|peaks?|record|from)\b)/iu,
  /\b(best|today'?s|top|early|daily|weekend) ([\w'-]+ ){0,4}deals?\b|\bdeals? of the (day|week)\b|\bclearance deal|\b(clearance|seat|flash|black friday|cyber monday) sale\b|\bon sale (now|for [$€£])/iu,
  /\bhow to watch\b|\bwhere to (watch|stream)\b|\b(free|live) streams?\b|\bstream ([\w.'-]+ ){1,8}(live|online|free)\b|\bfree streaming\b/iu,
  /\b(wordle|connections|strands|quordle|crossword|spelling bee|sudoku)\b.*\b(answers?|hints?|clues?|solutions?)\b/iu,
  /\b(answers?|hints?|clues?|solutions?)\b.*\b(wordle|connections|strands|quordle|crossword|sudoku)\b/iu,
  /\b(daily|weekly|monthly|social|discussion|open|megathread|monday|tuesday|wednesday|thursday|friday|saturday|sunday) ([\w&'-]+ ){0,5}thread\b|\bmegathread\b/iu,
  /^quiz\b|\b(the|our|news|daily|weekly|saturday|sunday|an? [\w'’-]+) ([\w'’-]+ ){0,3}quiz\b(?! (shows?|master))/iu,
  /^(das|unser|le|notre|el|nuestro|wielki|nasz)? ?([\p{L}-]+ )?quiz\s?[:!]|\bquiz (de la semaine|de la semana|der woche|tygodnia)\b/iu,
  /^(e-?paper|click here)\b|^play [\w'’-]+: \w+day\b|\b(redeem|livestream|cheat|active|working) codes\b/iu,
  /\bhoroscopes?\b|\bhoroskop\w*\b|\bwinning numbers\b|\blotto ?zahlen\b|\bwyniki lotto\b/iu,
  /\b(betting|gambling) (odds|picks|tips|lines?|overview|guide|preview)\b|\b(odds|picks?|predictions?)\b.*\bbest bets?\b|\bbest bets?\b.*\b(odds|picks?|spread)\b|\bwett-?tipps?\b|\bsportsbook\b|\bkod(y)? (rabatow|promocyjn)\w*\b|\bcode promo\b|\bc[oó]digo (promocional|descuento)\b/iu,
];

/** Whether a title announces no news but an offer, a stream, a puzzle's answer or a thread. */
export const isNotice = (title: string): boolean => NOTICES.some((notice) => notice.test(title));

/**
 * Titles of pages that renew themselves, of videos, picture shows and the dated parts of a show: what they tell is news where others tell
 * it too, but the page says it worst, and alone it says nothing yet.
 */
const SHELLS: readonly RegExp[] = [
  /^(watch( live)?|live( updates?| blog)?|photos?|video|in pictures|na żywo|wideo|en direct|en images|en vivo|en im[aá]genes|im video|bilder) ?[:|]/iu,
  /\b(live updates|live ?blog|live-?ticker|relacja (na żywo|live)|minuto a minuto)\b|\b(in pictures|as it happened|en images|in bildern)$|[–—-] (live|en direct|en vivo|na żywo)$/iu,
  /^here['’]s the latest\b/iu,
  /\b\d{4} [Ll]ive ?[:—–-]|\p{L} LIVE ?:/u,
  /^(?!9\/11)\d{1,2}[/.]\d{1,2}([/.](\d{2}|\d{4}))?(:| (?=\p{Lu}))/u,
];

/** Whether a title is that of a page of live updates, a video, a picture show or a dated part of a show. */
export const isShell = (title: string): boolean => SHELLS.some((shell) => shell.test(title));

const CLIP =
  /^https?:\/\/(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|tiktok\.com)(?:[:/?#]|$)/iu;

/** Whether an address is that of a clip on a video site: who follows a headline wants to read, and finds a minute of film. */
export const isClip = (url: string): boolean => CLIP.test(url);
