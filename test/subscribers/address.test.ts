import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress, shownAddress } from '../../functions/subscribers/address.ts';

const long = (label: string, n: number) => label.repeat(n);

describe('readAddress', () => {
  it.each([
    ['ada@example.com', 'ada@example.com', 'ada@example.com'],
    ['Ada.B@EXAMPLE.com', 'Ada.B@EXAMPLE.com', 'ada.b@example.com'],
    ['ada+news@example.com', 'ada+news@example.com', 'ada+news@example.com'],
    ['a.da@gmail.com', 'a.da@gmail.com', 'a.da@gmail.com'],
    ['ada@bücher.example', 'ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@example.xn--p1ai', 'ada@example.xn--p1ai', 'ada@example.xn--p1ai'],
    ["o'b!#$%&*/=?^_`{|}~-@example.com", "o'b!#$%&*/=?^_`{|}~-@example.com", "o'b!#$%&*/=?^_`{|}~-@example.com"],
    [' ada@example.com ', 'ada@example.com', 'ada@example.com'],
    ['  ada@example.com \n', 'ada@example.com', 'ada@example.com'],
    [`${long('a', 64)}@example.com`, `${long('a', 64)}@example.com`, `${long('a', 64)}@example.com`],
  ])('takes %j as typed', (typed, address, key) => {
    expect(readAddress(typed)).toEqual({ ok: true, address, key });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['ada', 'not-an-address'],
    ['@example.com', 'not-an-address'],
    ['.ada@example.com', 'not-an-address'],
    ['a..da@example.com', 'not-an-address'],
    ['Ada <ada@example.com>', 'not-an-address'],
    ['"ada"@example.com', 'not-an-address'],
    ['ada@example.com\r\nBcc: b@example.net', 'not-an-address'],
    ['ada@example.com\n', 'not-an-address'],
    ['\r\nada@example.com', 'not-an-address'],
    ['адa@example.com', 'local-part'],
    ['zoë@example.com', 'local-part'],
    [`${long('a', 65)}@example.com`, 'too-long'],
    [`${long('a', 64)}@${long('a.', 95)}com`, 'too-long'],
    ['ada@com', 'domain'],
    ['ada@-example.com', 'domain'],
    ['ada@exa_mple.com', 'domain'],
    ['ada@example..com', 'domain'],
    ['ada@example.com.', 'domain'],
    ['ada@example.com/x', 'domain'],
    ['ada@192.0.2.1', 'domain'],
    ['ada@[192.0.2.1]', 'domain'],
    ['ada@example．com', 'domain'],
    ['ada@exam\u200bple.com', 'domain'],
    [`ada@${long('a', 64)}.com`, 'domain'],
    ['ada@printer.local', 'reserved'],
    ['ada@news.test', 'reserved'],
  ])('refuses %j: %s', (typed, why) => {
    expect(readAddress(typed)).toEqual({ ok: false, why });
  });

  it('takes reserved domains only where nothing leaves the machine', () => {
    expect(readAddress('ada@news.test', { allowReserved: true }).ok).toBe(true);
    expect(readAddress('ada@localhost', { allowReserved: true }).ok).toBe(false);
  });

  it.each([
    ['ada@xn--bcher-kva.example', 'ada@bücher.example'],
    ['ada+news@EXAMPLE.com', 'ada+news@EXAMPLE.com'],
    ['ada@xn--999999999.example', 'ada@xn--999999999.example'],
  ])('shows %s as %s', (address, shown) => {
    expect(shownAddress(address)).toBe(shown);
  });

  it('never throws, and a key it gives reads as itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (typed) => {
        const read = readAddress(typed);
        if (!read.ok) return true;
        const again = readAddress(read.key);
        return again.ok && again.key === read.key && !/[\s\p{Lu}]/u.test(read.key);
      }),
    );
  });
});
