import { pluralOf } from './plural.ts';
import type { Words } from './words.ts';

const plural = pluralOf('de');
const hours = (count: number): string => plural(count, { one: '# Stunde', other: '# Stunden' });

/** German. */
export const german = {
  locale: 'de',
  direction: 'ltr',
  topics: {
    world: 'Welt',
    politics: 'Politik',
    business: 'Wirtschaft',
    technology: 'Technik',
    science: 'Wissenschaft',
    health: 'Gesundheit',
    sport: 'Sport',
    entertainment: 'Unterhaltung',
    environment: 'Umwelt',
    travel: 'Reisen',
    food: 'Essen und Trinken',
    lifestyle: 'Lebensart',
  },
  cadences: { daily: 'Jeden Tag', workdays: 'Montag bis Freitag', weekly: 'Einmal die Woche' },
  digest: {
    viewInBrowser: 'Im Browser ansehen',
    contents: (count, sources) =>
      `${plural(count, { one: '# Meldung', other: '# Meldungen' })} aus ${plural(sources, { one: '# Quelle', other: '# Quellen' })}`,
    minutes: (count) => `${count} Min. Lesezeit`,
    plus: (headlines) => `Außerdem: ${headlines}`,
    readAt: (source) => `Lesen bei ${source}`,
    also: (outlets) => `Auch bei ${outlets}`,
    more: (count) => plural(count, { one: 'einer weiteren', other: '#\u00a0weiteren' }),
    update: 'Aktualisiert',
    paid: 'kostenpflichtig',
    yesterday: 'gestern',
    reason: {
      outlets: (count) => `in ${count} Quellen`,
      topic: (name) => `Ihr Thema: ${name}`,
      source: (title) => `Sie folgen ${title}`,
      keyword: (keyword) => `passt zu Ihrem Stichwort „${keyword}“`,
      pick: 'unsere Empfehlung',
      biggest: 'die wichtigste Meldung im Moment',
      fillTopic: (name) => `zur Ergänzung, aus ${name}`,
      fill: 'zur Ergänzung',
    },
    heading: {
      sources: 'Aus Ihren Quellen',
      keyword: (keyword) => `„${keyword}“`,
      picks: 'Unsere Empfehlungen',
      fill: 'Auch wissenswert',
    },
    filled: 'Bei dem, was Sie lesen möchten, gab es wenig Neues; deshalb kommen einige der wichtigsten Meldungen dazu.',
    joining: {
      keywords: 'Was Ihre Stichwörter bringen, kommt ab der nächsten Ausgabe.',
      sources: 'Was Ihre eigenen Quellen bringen, kommt ab der nächsten Ausgabe.',
      both: 'Was Ihre Stichwörter und eigenen Quellen bringen, kommt ab der nächsten Ausgabe.',
    },
    welcome: (schedule) => `Willkommen. Dies ist Ihre erste Ausgabe. Sie haben ${schedule} bestellt.`,
    now: 'Sie haben diese Ausgabe sofort angefordert. Die übrigen kommen wie geplant.',
    example:
      'Ein Beispiel dafür, was jetzt in Ihrer Ausgabe stünde; verschickt wurde nichts. Stichwörter und Quellen, die uns neu sind, kommen hinzu, sobald Sie ihnen folgen.',
    stopped: (title, since) => `${title} ist für uns seit dem ${since} nicht mehr erreichbar.`,
    moreOnWeb: (count) => plural(count, { one: '# weitere Meldung im Web', other: '# weitere Meldungen im Web' }),
    end: 'Das ist alles.',
    next: (weekday, time) => `Nächste Ausgabe: ${weekday} um ${time} Uhr.`,
    moreOf: (topics) => `Mehr über: ${topics}`,
    lessFrom: (sources) => `Weniger von: ${sources}`,
    schedule: {
      daily: (time, zone) => `eine tägliche Ausgabe um ${time} Uhr (${zone})`,
      workdays: (time, zone) => `eine Ausgabe von Montag bis Freitag um ${time} Uhr (${zone})`,
      weekly: (time, zone, weekday) => `eine wöchentliche Ausgabe am ${weekday} um ${time} Uhr (${zone})`,
    },
    why: (address, date, schedule) =>
      `Sie erhalten diese Mail, weil mit ${address} am ${date} ${schedule} bestellt wurde.`,
    change: 'Auswahl ändern',
    pause: 'Pausieren',
    unsubscribe: 'Abbestellen',
    pictures: (off) => `Kein Tracking. Bilder kommen von den Verlagen, die den Abruf sehen können: ${off}.`,
    picturesOff: 'hier abschalten',
    noPictures: 'Kein Tracking, und diese Mail lädt nichts aus dem Netz.',
    contact: (contact) => `Fragen: ${contact}`,
    before: (what) => `${what}:`,
  },
  letters: {
    confirm: (brand, valid) => ({
      subject: `Bitte bestätigen: Ihr Abonnement von ${brand}`,
      preheader: 'Ein Klick genügt. Vorher senden wir nichts.',
      title: 'Ein Klick, und es geht los',
      paragraphs: [
        `Jemand, hoffentlich Sie, möchte von ${brand} eine Nachrichtenübersicht an diese Adresse bekommen.`,
        'Bestätigen Sie, und die erste Ausgabe kommt sofort.',
      ],
      button: 'Abonnement bestätigen',
      note: `Der Link gilt ${hours(valid)}. Waren Sie es nicht, tun Sie nichts: Wir senden dann keine Ausgabe.`,
    }),
    manage: (brand, valid) => ({
      subject: `Ihre Auswahl bei ${brand}`,
      preheader: 'Themen, Quellen oder Zeit ändern, pausieren oder abbestellen.',
      title: 'Ihre Auswahl',
      paragraphs: [
        `Mit dieser Adresse ist ${brand} abonniert. Der Link öffnet Ihre Auswahl: Themen, Quellen, Zeit, Pause und Abbestellung.`,
      ],
      button: 'Auswahl öffnen',
      note: `Der Link gilt ${hours(valid)} und nur für Sie. Haben Sie ihn nicht angefordert, tun Sie nichts.`,
    }),
    addressChange: (brand, valid) => ({
      subject: `Bitte bestätigen: Ihre neue Adresse für ${brand}`,
      preheader: 'Nach der Bestätigung kommt Ihre Ausgabe hierher.',
      title: 'Ist das Ihre neue Adresse?',
      paragraphs: [
        `Eine Abonnentin oder ein Abonnent von ${brand} möchte die Ausgaben künftig an diese Adresse bekommen.`,
        'Bestätigen Sie, und die nächste Ausgabe kommt hierher statt an die alte Adresse.',
      ],
      button: 'Neue Adresse bestätigen',
      note: `Der Link gilt ${hours(valid)}. Waren Sie es nicht, tun Sie nichts: Es ändert sich nichts.`,
    }),
    sourceStopped: (brand, title, since) => ({
      subject: `Eine Quelle Ihrer Ausgabe von ${brand} antwortet nicht mehr`,
      preheader: 'Vielleicht möchten Sie eine andere wählen.',
      title: 'Eine Ihrer Quellen antwortet nicht mehr',
      paragraphs: [
        `${title} ist für uns seit dem ${since} nicht mehr erreichbar. Vielleicht ist die Quelle umgezogen oder geschlossen.`,
        'Alles andere, dem Sie folgen, erreicht Sie weiterhin.',
      ],
      button: 'Meine Quellen ändern',
      note: 'Wir versuchen es weiter und schreiben Ihnen wegen dieser Quelle nicht noch einmal.',
    }),
    footer: (brand) => `Diese Mail antwortet auf eine Anfrage an ${brand} mit Ihrer Adresse. Sie ist kein Newsletter.`,
    stoppedFooter: (brand, title) =>
      `Sie erhalten diese Mail einmal, weil Ihre Ausgabe von ${brand} der Quelle ${title} folgt.`,
    orPaste: 'Oder diese Adresse in den Browser kopieren:',
  },
} satisfies Words;
