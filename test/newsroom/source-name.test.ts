import { expect, test } from 'vitest';
import { sourceName } from '../../functions/newsroom/source-name.ts';

test.each([
  ['Harbour Post', 'https://harbour-post.example/feed', 'Harbour Post'],
  ['Harbour Post - All Content', 'https://harbourpost.com/feed', 'Harbour Post'],
  ['World | Harbour Post', 'https://feeds.harbourpost.com/world', 'Harbour Post'],
  ['Breaking stories and headlines of the day from The Harbour Post', 'https://harbourpost.com/', 'The Harbour Post'],
  ['Harbour Post: Ships, cranes and what they carry', 'https://hp.example/', 'Harbour Post'],
  ['Ships - North Harbour Daily Post', 'https://nhdp.com/rss', 'North Harbour Daily Post'],
  ['Harbour Post RSS Feed', 'https://hp.example/', 'Harbour Post'],
  ['Latest from Harbour Post', 'https://www.harbourpost.com/rss', 'Harbour Post'],
  ['Harbour Post Technology', 'https://feeds.harbourpost.com/tech', 'Harbour Post'],
  ["Ada's Blog", 'https://adas.blog/feed', "Ada's Blog"],
  ['www.harbourpost.com', 'https://www.harbourpost.com/feed', 'harbourpost.com'],
  ['Latest news', 'https://www.harbourpost.co.uk/rss', 'harbourpost.co.uk'],
  ['Latest news', 'http://127.0.0.1:8080/rss', 'Latest news'],
  ['Comments on:', 'https://harbourpost.com/feed', 'harbourpost.com'],
  ['', 'https://harbourpost.com/feed', 'harbourpost.com'],
  ['So many ships, so little time', 'https://www.reddit.com/r/ships/.rss', 'r/ships'],
  ['صوت المدينة', 'https://sawt.example/rss', 'صوت المدينة'],
  ['No address\n  at  all', 'nowhere', 'No address at all'],
])('%j of %s is named %s', (title, url, name) => {
  expect(sourceName(title, url)).toBe(name);
});
