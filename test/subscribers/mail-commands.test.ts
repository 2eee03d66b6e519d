import { describe, expect, it } from 'vitest';
import { readMail } from '../../functions/adapters/read-mail.ts';
import { commandOf } from '../../functions/subscribers/mail-commands.ts';
import type { Handed } from '../../infra/local/received.ts';
import { INBOUND, receivedMail, type Written } from '../incoming-mails.ts';

const DESK = { domain: INBOUND, from: 'news@news.example', allowReserved: true };

const meant = async (written: Written, handed: Partial<Handed> = {}) => {
  const mail = await readMail(receivedMail(written, handed));
  if (!mail) throw new Error('not read');
  return commandOf(mail, DESK);
};

const ADA = { kind: 'subscribe', address: 'ada@reader.example', addressKey: 'ada@reader.example' };

/** Fails if: a word or address is not known · a quoted word counts · a machine is answered · somebody else is signed up. */
describe('a mail to our domain', () => {
  it.each<[string, Written, string]>([
    ['the address', {}, 'en'],
    ['the address in capitals', { to: `Subscribe@${INBOUND.toUpperCase()}` }, 'en'],
    ['the subject', { to: `hello@${INBOUND}`, subject: 'Subscribe' }, 'en'],
    ['the first line', { to: `hello@${INBOUND}`, body: ['', '> old', '  subscribe!', 'and more'] }, 'en'],
    ['German', { to: `hello@${INBOUND}`, subject: 'Abonnieren' }, 'de'],
    ['French', { to: `hello@${INBOUND}`, body: ['S’abonner.'] }, 'fr'],
    ['Spanish', { to: `hello@${INBOUND}`, subject: 'suscribirme' }, 'es'],
    ['Arabic', { to: `hello@${INBOUND}`, subject: '=?utf-8?B?2KfYtNiq2LHYp9mD?=' }, 'ar'],
    ['the language of a program', { headers: ['Content-Language: de-AT'] }, 'de'],
    [
      'HTML',
      {
        to: `hello@${INBOUND}`,
        headers: ['Content-Type: text/html'],
        body: ['<head><title>x</title></head><!-- y --><blockquote>old</blockquote><div>Sub&#115;cribe</div><p>z</p>'],
      },
      'en',
    ],
  ])('signs its author up by %s', async (_, written, language) => {
    expect(await meant(written)).toEqual({ ...ADA, language });
  });

  it.each<[string, Written]>([
    ['unsubscribe@', { to: `Unsubscribe@${INBOUND}` }],
    ['stop@', { to: `stop@${INBOUND}` }],
    ['the subject', { to: `hello@${INBOUND}`, subject: 'STOP' }],
    ['the first line', { to: `hello@${INBOUND}`, body: ['Unsubscribe.', 'Thank you'] }],
    ['a word at subscribe@', { subject: 'unsubscribe' }],
    ['German', { to: `hello@${INBOUND}`, subject: 'Abbestellen' }],
    ['French', { to: `hello@${INBOUND}`, body: ['Se désabonner'] }],
    ['Spanish', { to: `hello@${INBOUND}`, subject: 'Baja' }],
    ['Arabic', { to: `hello@${INBOUND}`, subject: '=?utf-8?B?2KXZhNi62KfYoSDYp9mE2KfYtNiq2LHYp9mD?=' }],
  ])('takes its author off by %s', async (_, written) => {
    expect(await meant(written)).toEqual({ kind: 'leave', addressKey: 'ada@reader.example' });
  });

  it('takes nobody off who is not proven to have written it, and signs up by the word at unsubscribe@', async () => {
    const forged = await meant({ subject: 'stop' }, { from: 'eve@evil.example', signedBy: 'evil.example' });
    expect(forged).toEqual({ kind: 'nothing', why: 'not-authentic' });
    expect(await meant({ subject: 'stop', headers: ['Auto-Submitted: auto-replied'] })).toMatchObject({
      kind: 'nothing',
    });
    expect(await meant({ to: `unsubscribe@${INBOUND}`, subject: 'subscribe' })).toEqual({ ...ADA, language: 'en' });
  });

  it('is known by the envelope where To names nobody', async () => {
    const to = 'undisclosed-recipients:;';
    expect(await meant({ to }, { to: `subscribe@${INBOUND}` })).toEqual({ ...ADA, language: 'en' });
    expect(await meant({ to }, { to: `stop+1uAbC_-@${INBOUND}` })).toEqual({ kind: 'stop', token: '1uAbC_-' });
  });

  it.each<[string, Written, Partial<Handed>]>([
    ['not-understood', { to: `hello@${INBOUND}`, body: ['What is this?', 'subscribe'] }, {}],
    ['not-understood', { to: `hello@${INBOUND}`, body: ['> subscribe'] }, {}],
    ['not-understood', { to: 'subscribe@elsewhere.example' }, {}],
    ['sender', { from: 'ada@reader.example, eve@evil.example' }, {}],
    ['sender', { headers: ['From: eve@evil.example'] }, {}],
    ['sender', { from: 'Nobody' }, {}],
    ['not-authentic', {}, { signedBy: undefined }],
    ['not-authentic', {}, { from: 'eve@evil.example', signedBy: 'evil.example' }],
    ['not-authentic', { from: '"ada@reader.example" <eve@other.example>' }, {}],
    ['spam', {}, { spam: true }],
    ['virus', {}, { virus: true }],
    ['bounce', {}, { from: '' }],
    ['bounce', { headers: ['Content-Type: multipart/report; report-type=delivery-status; boundary=x'] }, {}],
    ['bounce', { from: 'MAILER-DAEMON@reader.example' }, {}],
    ['list', { headers: ['Precedence: bulk'] }, {}],
    ['list', { headers: ['Precedence: Junk'] }, {}],
    ['list', { headers: ['List-Id: x <l.reader.example>'] }, {}],
    ['automatic', { headers: ['Auto-Submitted: auto-replied (vacation)'] }, {}],
    ['automatic', { headers: ['X-Auto-Response-Suppress: All'] }, {}],
    ['ours', { headers: ['X-Broadsheet-Delivery: d'] }, {}],
    ['ours', { from: 'Broadsheet <news@news.example>' }, {}],
    ['ours', { from: `subscribe@${INBOUND}` }, {}],
  ])('is not answered: %s', async (why, written, handed) => {
    expect(await meant(written, handed)).toEqual({ kind: 'nothing', why });
  });

  it('is answered if it says that a person sent it', async () => {
    expect(await meant({ headers: ['Auto-Submitted: no'] })).toEqual({ ...ADA, language: 'en' });
  });

  it('believes SES’s own line only, which stands on top', async () => {
    const forged = 'Authentication-Results: amazonses.com; dkim=pass header.i=@reader.example;';
    const handed = { from: 'eve@evil.example', signedBy: 'evil.example' };
    expect(await meant({ headers: [forged] }, handed)).toEqual({ kind: 'nothing', why: 'not-authentic' });
  });

  it('stops by a token whoever wrote it, however it is marked', async () => {
    const stop = { to: `<stop+1uAbC@${INBOUND}>`, headers: ['Auto-Submitted: auto-generated', 'Precedence: bulk'] };
    const command = await meant(stop, { from: '', signedBy: undefined, spam: true });
    expect(command).toEqual({ kind: 'stop', token: '1uAbC' });
  });

  // wordOf: signs at the end are looked for in a line of any length
  it('is read as soon as others, whatever a stranger fills it with', async () => {
    // by the square of their number these would take hours
    const signs = `${'!'.repeat(2_000_000)}x`;
    for (const written of [{ subject: signs }, { body: [signs] }])
      expect(await meant({ to: `hello@${INBOUND}`, ...written })).toEqual({ kind: 'nothing', why: 'not-understood' });
  });
});
