import type { Notices } from './words.ts';

export const deNotices = {
  errors: {
    notFoundTitle: 'Diese Seite gibt es nicht',
    notFound: 'Hier ist nichts. Vielleicht wurde die Adresse beim Kopieren abgeschnitten.',
    methodTitle: 'Das kann diese Seite nicht',
    method: 'Gehen Sie zurück und benutzen Sie den Knopf auf der Seite.',
    largeTitle: 'Das war zu viel',
    large:
      'Das Formular enthält mehr, als wir annehmen können. Wählen Sie weniger oder eine kleinere Datei, oder fügen Sie weniger Feeds auf einmal ein.',
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
  faults: {
    'email/empty': 'Geben Sie Ihre E-Mail-Adresse ein.',
    'email/not-an-address': 'Das ist keine E-Mail-Adresse. Sie sollte wie name@example.com aussehen.',
    'email/local-part':
      'An eine Adresse mit Buchstaben wie é oder ü vor dem @ können wir nicht senden. Bitte verwenden Sie eine andere.',
    'email/domain': 'Nach dem @ steht keine gültige Domain. Sie sollte wie example.com aussehen.',
    'email/reserved': 'Unter dieser Domain kann niemand Mail empfangen. Bitte verwenden Sie eine andere Adresse.',
    'email/too-long': 'Diese Adresse ist länger, als Mail es erlaubt.',
    cadence: 'Wählen Sie jeden Tag, Montag bis Freitag oder einmal die Woche.',
    weekday: 'Wählen Sie einen Wochentag.',
    hour: 'Wählen Sie eine volle Stunde von 0 bis 23.',
    zone: 'Diese Zeitzone kennen wir nicht. Wählen Sie eine aus der Liste.',
    topics: 'Dieses Thema gibt es nicht: {value}',
    'sources/unknown': 'Diese Quelle gibt es nicht: {value}',
    'sources/address': 'Das ist keine Adresse eines Feeds: {value}',
    'sources/password': 'Feeds mit Passwort können wir nicht lesen: {value}',
    'sources/many': 'Wählen Sie höchstens 50 Quellen. Das sind {value}: Nehmen Sie einige heraus.',
    'sources/large':
      'Das ist mehr Text, als wir annehmen können. Wählen Sie stattdessen die OPML-Datei oder fügen Sie weniger Adressen auf einmal ein.',
    'sources/today':
      'Sie haben heute viele Quellen hinzugefügt. Speichern Sie ohne die neuen, oder morgen noch einmal.',
    'opml/other': 'Das ist keine OPML-Datei: {value}. Wählen Sie die, die Ihr anderer Reader exportiert.',
    'opml/none':
      'In dieser Datei steht kein Feed: {value}. Exportieren Sie Ihre Liste noch einmal und wählen Sie die neue Datei.',
    'opml/large':
      'Diese Datei ist zu groß: {value}. Eine Liste von Feeds hat höchstens 512 KB. Wählen Sie eine andere.',
    'keywords/form': 'Ein Stichwort hat 2 bis 40 Zeichen und höchstens 5 Wörter: {value}',
    'keywords/many': 'Wählen Sie höchstens 10 Stichwörter.',
    mutes: 'Ein Ausdruck hat 2 bis 60 Zeichen, und höchstens 50 haben Platz: {value}',
    reads: 'Wählen Sie eine bis fünf Sprachen.',
    country: 'Wählen Sie ein Land aus der Liste.',
    language: 'Wählen Sie eine Sprache aus der Liste.',
    format: 'Wählen Sie ausführlich, kurz oder nur Text.',
    pictures: 'Wählen Sie, welche Bilder Sie sehen wollen.',
    stories: 'Wählen Sie 5 bis 40 Meldungen.',
    until: 'Wählen Sie einen Tag ab morgen und innerhalb eines Jahres.',
    slow: 'Bitte warten Sie einen Moment und drücken Sie den Knopf noch einmal.',
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
