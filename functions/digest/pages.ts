import type { Preferences } from '../model/subscriber.ts';
import { type ExamplePorts, exampleDigest } from './example.ts';
import { type WebVersionPorts, webVersion } from './web-version.ts';

/** Digests as pages: one that was mailed, and one by wishes that somebody tries. */
export const digestPages = (ports: WebVersionPorts & ExamplePorts) => ({
  webVersion: (delivery: string) => webVersion(ports, delivery),
  example: (preferences: Preferences) => exampleDigest(ports, preferences),
});
