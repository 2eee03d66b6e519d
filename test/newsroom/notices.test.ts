import { describe, expect, it } from 'vitest';
import { isClip, isNotice, isShell } from '../../functions/newsroom/notices.ts';

describe('isNotice', () => {
  it.each([
    'Betmore Promo Code: Get $150 Bonus for Sunday',
    'This gaming monitor is back at its lowest price',
    'The best early January deals on headphones',
    'Save 40% off hiking boots',
    'Airline starts a seat sale with flights from £15',
    'How to watch Rovers vs United: live stream from anywhere',
    'Connections hints and answers for Friday',
    'Answers to the mini crossword of the day',
    'What is a full moon? The Saturday quiz',
    'A sailor shares a tricky quiz on knots',
    'Le quiz de la semaine',
    'E-PAPER March 02 HBR STATION',
    'Play Knots: Monday, March 2',
    'Harbour Tycoon livestream codes for March',
    'Rovers v United betting preview',
    'r/sailing Weekly Questions Thread',
  ])('%s', (title) => {
    expect(isNotice(title)).toBe(true);
  });

  it.each([
    'Shares trade 10% off their highs',
    'Currency falls to record low against the dollar',
    'Trade deal signed after a year of talks',
    'Security clearance taken from former general',
    'Streaming service raises its prices',
    'Lawmakers quiz minister on the bridge',
    'The quiz show returns for a tenth year',
    'A new e-paper tablet for sailors',
    'Minister gives no answers on the budget',
  ])('not: %s', (title) => {
    expect(isNotice(title)).toBe(false);
  });
});

describe('isShell', () => {
  it.each([
    'WATCH LIVE: ships pass the bridge',
    'Rovers v United: league – live',
    'Bridge opens: live updates',
    'Relacja na żywo: otwarcie mostu',
    'The bridge in pictures',
    'Harbour Fair 2026 live — all the news from the quay',
    'Harbour Fair 2026 Live: The First Ships Arrive',
    'Storm over the bridge LIVE: ferries stay in port',
    'Here’s the latest.',
    '10/5: Harbour Talk with Ada Nowak',
    '21.01.2026 Pieśni na dobranoc',
  ])('%s', (title) => {
    expect(isShell(title)).toBe(true);
  });

  it.each([
    'Ships that live for a hundred years',
    'Where to live: ten towns by the sea',
    'In 2010 live music was cheaper',
    'Watch makers move to the harbour',
    'Photos of the bridge win a prize',
    '9/11: what the harbour remembers',
    '1.5 million see the bridge open',
  ])('not: %s', (title) => {
    expect(isShell(title)).toBe(false);
  });
});

describe('isClip', () => {
  it.each([
    'https://www.youtube.com/shorts/a1',
    'http://youtu.be/a1',
    'https://m.youtube.com/watch?v=a1',
    'https://VIMEO.com/1',
  ])('%s', (url) => {
    expect(isClip(url)).toBe(true);
  });

  it.each(['https://news.example/youtube.com/', 'https://notyoutube.com/a', 'https://youtube.com.news.example/a', ''])(
    'not: %s',
    (url) => {
      expect(isClip(url)).toBe(false);
    },
  );
});
