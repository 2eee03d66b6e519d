import { expect, test } from 'vitest';
import { ACCENT, brandFaults } from '../../../functions/digest/press/brand.ts';
import { createPress } from '../../../functions/digest/press/press.ts';
import { PEOPLE } from './people.ts';
import { aView, BRAND } from './views.ts';

test('the house’s own accent passes its own check', () => {
  expect(brandFaults({ ...BRAND, accent: ACCENT })).toEqual([]);
});

test.each([
  [{ name: ' ' }, 'brand.name'],
  [{ from: 'nobody' }, 'brand.from'],
  [{ postalAddress: '' }, 'brand.postalAddress'],
  [{ accent: { light: '#ffcc00', dark: '#ffcc00' } }, 'brand.accent.light: #ffcc00 has a contrast of 1.'],
  [{ accent: { light: '#003366', dark: '#003366' } }, 'brand.accent.dark'],
  [{ accent: { light: 'red', dark: '#ffffff' } }, 'brand.accent.light: a colour as #rrggbb'],
  [{ logo: { url: 'http://x.example/logo.png', width: 10, height: 10 } }, 'brand.logo.url'],
])('%j is a fault', (over, fault) => {
  const faults = brandFaults({ ...BRAND, ...over });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
});

test('a brand’s accent and logo stand in its mails, no logo where pictures are off', () => {
  const logo = { url: 'https://b.example/logo.png', width: 200, height: 40 };
  const press = createPress({ ...BRAND, accent: { light: '#00457c', dark: '#9fd0ff' }, logo });
  const html = press.page(aView(PEOPLE.full));
  expect(html).toContain('#00457c');
  expect(html).toContain('#9fd0ff');
  expect(html).not.toContain(ACCENT.light);
  expect(html).toContain('alt="Broadsheet"');
  expect(press.page(aView({ ...PEOPLE.full, pictures: 'none' }))).not.toContain('logo.png');
});
