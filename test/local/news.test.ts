import { expect, test } from 'vitest';
import { newsOf } from '../../infra/local/news.ts';

test('a catalogue that cannot be reached says why in one line', async () => {
  const refused = 'catalogue http://127.0.0.1:9/feeds.json: cannot be reached: ';
  // port 9 is one that fetch itself refuses, port 2 one where nobody listens
  await expect(newsOf('http://127.0.0.1:9/feeds.json')).rejects.toThrow(`${refused}bad port`);
  await expect(newsOf('http://127.0.0.1:2/feeds.json')).rejects.toThrow('cannot be reached: ECONNREFUSED');
});
