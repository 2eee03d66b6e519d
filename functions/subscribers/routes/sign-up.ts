import type { Context, Hono } from 'hono';
import type { ChromeLanguage, Preferences } from '../../model/subscriber.ts';
import { readAddress } from '../address.ts';
import { type Catalogue, defaultsIn } from '../catalogue.ts';
import { isSpared, isStampGood, stampForm } from '../limits.ts';
import { checkMailPage, signUpPage } from '../pages/sign-up.ts';
import { formOf } from '../pages/wishes-form.ts';
import type { WebPorts } from '../ports-of-web.ts';
import { signUp } from '../sign-up.ts';
import { type Fault, type FormValues, readWishes } from '../wishes.ts';
import { canonicalZone } from '../zone.ts';
import { readWishesForm } from './posted-wishes.ts';
import { fieldOf, frameFor } from './request.ts';
import { comeBackLater } from './slow-down.ts';

/** The zone that the network says the asker is in (CloudFront), else the operator's. */
const zoneOf = (ports: WebPorts, c: Context): string =>
  canonicalZone(c.req.header('cloudfront-viewer-time-zone') ?? '') ?? canonicalZone(ports.defaultZone ?? '') ?? 'UTC';

/** What stands in the form of somebody who chose nothing yet, by what browser and network say. */
export const defaultsFor = (ports: WebPorts, c: Context, catalogue: Catalogue, language: ChromeLanguage): Preferences =>
  defaultsIn(catalogue, {
    zone: zoneOf(ports, c),
    language,
    country: c.req.header('cloudfront-viewer-country') ?? '',
  });

/** A form that a person cannot have filled: the hidden field is, or it was posted at once, or its time was not signed by us. */
const trapOf = (ports: WebPorts, form: FormValues, client: string, now: number): 'robot' | 'slow' | undefined => {
  if (fieldOf(form, 'website') !== '') return 'robot';
  if (isSpared(client, ports.sparedNetworks)) return undefined;
  return isStampGood(ports.keys[0], fieldOf(form, 'stamp'), now) ? undefined : 'slow';
};

const show = async (ports: WebPorts, c: Context, catalogue: Catalogue): Promise<Response> => {
  const frame = frameFor(ports, c);
  const values = formOf(defaultsFor(ports, c, catalogue, frame.language));
  const stamp = stampForm(ports.keys[0], ports.clock.now());
  return c.html(
    signUpPage(frame, {
      values,
      faults: [],
      refusal: [],
      catalogue,
      prefillZone: true,
      email: '',
      stamp,
      inbound: ports.brand.inbound,
    }),
  );
};

interface ShownAgain {
  form: FormValues;
  faults?: readonly Fault[];
  /** Nothing in the form is wrong; it came at the wrong time, for this reason. */
  refusal?: readonly string[];
  catalogue: Catalogue;
}

/** The sign-up form as it was posted, with what was wrong: nobody fills it in again (WCAG 3.3.7). */
export const showAgain = async (
  ports: WebPorts,
  c: Context,
  { form, faults = [], refusal = [], catalogue }: ShownAgain,
): Promise<Response> => {
  const frame = frameFor(ports, c);
  const values = {
    ...formOf(defaultsFor(ports, c, catalogue, frame.language)),
    topics: [],
    sources: [],
    reads: [],
    ...form,
  };
  const stamp = stampForm(ports.keys[0], ports.clock.now());
  const email = fieldOf(form, 'email');
  const status = refusal.length > 0 ? 429 : 400;
  return c.html(
    signUpPage(frame, {
      values,
      faults,
      refusal,
      catalogue,
      prefillZone: false,
      email,
      stamp,
      inbound: ports.brand.inbound,
    }),
    status,
  );
};

const take = async (ports: WebPorts, c: Context, catalogue: Catalogue): Promise<Response> => {
  const now = ports.clock.now();
  const { form, faults } = await readWishesForm(c);
  const client = ports.clientOf(c.env);
  const frame = frameFor(ports, c);
  const address = readAddress(fieldOf(form, 'email'), { allowReserved: ports.allowReserved === true });
  const known = { house: catalogue.house, followed: new Set<string>() };
  const wishes = readWishes(form, defaultsFor(ports, c, catalogue, frame.language), known, faults);
  if (!address.ok || !wishes.ok) {
    const bad: Fault[] = address.ok ? [] : [{ field: 'email', key: `email/${address.why}` }];
    return showAgain(ports, c, { form, faults: [...bad, ...(wishes.ok ? [] : wishes.faults)], catalogue });
  }
  const trap = trapOf(ports, form, client, now);
  const taken = checkMailPage(frame, { address: address.address, form, stamp: stampForm(ports.keys[0], now) });
  // a robot is told what a person is told
  if (trap === 'robot') return c.html(taken);
  if (trap === 'slow') return showAgain(ports, c, { form, faults: [{ field: 'email', key: 'slow' }], catalogue });
  const { preferences, own } = wishes;
  const outcome = await signUp(
    ports,
    { address: address.address, addressKey: address.key, preferences, own, client },
    now,
  );
  if (outcome === 'taken') return c.html(taken);
  const refusal = [comeBackLater(c, frame, outcome, now), frame.words.errors.slowKept];
  return showAgain(ports, c, { form, refusal, catalogue });
};

/** `/`: the sign-up page and its form. */
export const signUpRoutes = (app: Hono, ports: WebPorts, catalogue: (now: number) => Promise<Catalogue>): void => {
  app.get('/', async (c) => show(ports, c, await catalogue(ports.clock.now())));
  app.post('/', async (c) => take(ports, c, await catalogue(ports.clock.now())));
};
