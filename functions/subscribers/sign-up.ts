import type { Preferences, Subscriber } from '../model/subscriber.ts';
import type { Instant } from '../model/time.ts';
import { changeSubscriber, registerCohort } from './change.ts';
import { type LimitPorts, mayMail, type SlowDown } from './limits.ts';
import type { WebPorts } from './ports-of-web.ts';

/** What signing somebody up needs. */
export interface SignUpPorts extends LimitPorts, Pick<WebPorts, 'subscribers' | 'letters' | 'chance' | 'log'> {
  cohorts: Pick<WebPorts['cohorts'], 'register'>;
  sources: Pick<WebPorts['sources'], 'request'>;
}

/** A checked sign-up, by the form or by mail. */
export interface SignUp {
  address: string;
  addressKey: string;
  preferences: Preferences;
  own: readonly { id: string; url: string }[];
  /** Who asks; absent: the address itself, by a mail that its domain vouches for, and the letter answers that mail. */
  client?: string;
}

/** The subscriber of an address: the one it belongs to, or a new one that claims it. A claim left by a crash is taken over. */
const subscriberOf = async (ports: SignUpPorts, wish: SignUp, now: Instant): Promise<Subscriber> => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const id = (await ports.subscribers.idOfAddress(wish.addressKey)) ?? ports.chance.id(16);
    if (!(await ports.subscribers.claimAddress(wish.addressKey, id))) continue;
    const known = await ports.subscribers.byId(id);
    if (known?.addressKey === wish.addressKey) return known;
    if (known) {
      // its owner moved to another address and a crash left the claim behind
      await ports.subscribers.releaseAddress(wish.addressKey, id);
      continue;
    }
    return {
      v: 1,
      id,
      address: wish.address,
      addressKey: wish.addressKey,
      status: { kind: 'pending' },
      preferences: wish.preferences,
      version: 0,
      generation: 0,
      signedUpAt: now,
    };
  }
  throw new Error('an address changed hands three times in a row');
};

/** Whether a subscriber gets mail, now or after a pause. */
export const isKnown = ({ status }: Subscriber): boolean => status.kind === 'active' || status.kind === 'paused';

/** False if the subscriber was deleted or forgotten meanwhile. */
const savePending = async (
  ports: SignUpPorts,
  subscriber: Subscriber,
  wish: SignUp,
  now: Instant,
): Promise<boolean> => {
  const pending: Subscriber = {
    ...subscriber,
    address: wish.address,
    preferences: wish.preferences,
    status: { kind: 'pending' },
    signedUpAt: now,
    version: subscriber.version + 1,
  };
  if (await ports.subscribers.save(pending)) return true;
  const changed = await changeSubscriber(ports, subscriber.id, now, (current) =>
    isKnown(current) ? undefined : { ...pending, generation: current.generation },
  );
  return changed !== undefined;
};

/** The subscriber of a sign-up, stored: a new one where the census, or the reader, forgets the old one in this very moment. */
const takeSubscriber = async (ports: SignUpPorts, wish: SignUp, now: Instant): Promise<Subscriber> => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const subscriber = await subscriberOf(ports, wish, now);
    await registerCohort(ports, { ...subscriber, preferences: wish.preferences }, now);
    if (isKnown(subscriber)) return subscriber;
    for (const { id, url } of wish.own) await ports.sources.request(id, url, now);
    if (await savePending(ports, subscriber, wish, now)) return subscriber;
    // whoever forgets them lets the address go next: by then it shall be under another id
    await ports.subscribers.releaseAddress(wish.addressKey, subscriber.id);
  }
  throw new Error('a subscriber vanished three times in a row');
};

/**
 * Takes a sign-up: address claim, cohort, subscriber, letter, in this order, so that the next sign-up repairs a crash
 * at any step. Known readers are changed in nothing and get a letter with their link; whether an address is suppressed is
 * left to send-letters. So the caller cannot tell what an address is to us.
 */
export const signUp = async (ports: SignUpPorts, wish: SignUp, now: Instant): Promise<'taken' | SlowDown> => {
  const allowed = await mayMail(ports, { client: wish.client, addressKey: wish.addressKey }, now);
  if (typeof allowed !== 'string') return allowed;
  // a quiet refusal must not cost the crash repair: the claim and the save are still made whole
  const subscriber = await takeSubscriber(ports, wish, now);
  const known = isKnown(subscriber);
  if (allowed === 'within') {
    const reply = wish.client === undefined ? { reply: true as const } : {};
    const kind = known ? 'manage' : 'confirm';
    await ports.letters.send([{ v: 1, kind, subscriber: subscriber.id, askedAt: now, ...reply }]);
  }
  ports.log.info('sign-up.taken', { subscriber: subscriber.id, letter: allowed === 'within' });
  return 'taken';
};
