import type { Notices } from './words.ts';

export const deNotices = {
  errors: {
    notFoundTitle: 'Diese Seite gibt es nicht',
    notFound: 'Hier ist nichts. Vielleicht wurde die Adresse beim Kopieren abgeschnitten.',
    methodTitle: 'Das kann diese Seite nicht',
    method: 'Gehen Sie zurück und benutzen Sie den Knopf auf der Seite.',
    largeTitle: 'Das war zu viel',
    large:
      'Das Formular enthält mehr, als wir annehmen können. Wählen Sie weniger oder fügen Sie weniger Feeds auf einmal ein.',
    typeTitle: 'Das können wir nicht lesen',
    type: 'Bitte benutzen Sie das Formular auf der Seite.',
    foreignTitle: 'Das geht hier nicht',
    foreign:
      'Zu Ihrer Sicherheit geht das nur von unserer eigenen Seite aus und mit einem neuen Link. Öffnen Sie den Link aus Ihrer Mail noch einmal.',
    slowTitle: 'Zu viel auf einmal',
    slow: 'Aus Ihrem Netz kamen viele Anfragen. Bitte versuchen Sie es in einer Stunde wieder.',
    slowToday: 'Aus Ihrem Netz kamen heute viele Anfragen. Bitte versuchen Sie es in {hours} wieder.',
    slowKept:
      'Ihre Eingaben stehen noch unten. Lassen Sie diese Seite offen und drücken Sie den Knopf dann noch einmal.',
    brokenTitle: 'Da ist etwas schiefgegangen',
    broken: 'Das liegt an uns. Bitte versuchen Sie es in ein paar Minuten wieder.',
  },
  reasons: {
    'nothing-new': 'nichts Neues',
    paused: 'Pause',
    left: 'abbestellt',
    suppressed: 'an Ihre Adresse senden wir nicht mehr',
    'too-soon': 'zu bald nach der letzten',
    'too-late': 'wir waren zu spät',
    'not-in-cohort': 'Ihre Zeit hatte sich geändert',
    brake: 'alle Mail war zur Sicherheit angehalten',
    refused: 'die Mail wurde abgelehnt',
    unknown: 'wir wissen nicht, ob sie hinausging',
    broken: 'unser Fehler',
  },
  privacy: {
    title: 'Datenschutz',
    mail: [
      'Mails an uns',
      'Eine Mail, die Sie an {domain} senden, wird gelöscht, sobald sie gelesen ist, spätestens nach zwei Tagen. Wir behalten davon nur Ihre Adresse, wenn Sie abonnieren.',
    ],
    parts: [
      [
        'Was wir speichern',
        'Ihre Adresse, Ihre Auswahl, wann Sie abonniert und bestätigt haben, und 100 Tage lang einen kurzen Eintrag je Ausgabe, damit nichts zweimal kommt. Nach dem Abbestellen wird all das nach 100 Tagen gelöscht.',
      ],
      [
        'Wozu',
        'Nur um die Mail zu senden, die Sie wollten. Niemand sonst bekommt etwas davon, und es gibt keine Werbung.',
      ],
      [
        'Was wir nicht tun',
        'Keine Zählpixel und keine Links, die Klicks zählen. Bilder kommen von den Verlagen, die sehen, dass sie geladen werden; in Ihrer Auswahl können Sie sie abschalten.',
      ],
      [
        'Löschen',
        'Fordern Sie einen neuen Link an und drücken Sie Löschen: Adresse und Auswahl sind sofort weg. In Sicherungen bleiben sie bis zu 35 Tage, in Warteschlangen bis zu 14. Kam Mail an Sie zurück oder wurde sie als Spam gemeldet, bleibt ein verschlüsselter Fingerabdruck der Adresse, damit wir ihr nicht mehr schreiben, es sei denn, Sie bitten uns darum; er lässt sich nicht zurückrechnen.',
      ],
      ['Wer wir sind', '{brand}, {postal}. Schreiben Sie an {contact}.'],
    ],
  },
} as const satisfies Notices;
