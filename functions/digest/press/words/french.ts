import { pluralOf } from './plural.ts';
import type { Words } from './words.ts';

const plural = pluralOf('fr');
const hours = (count: number): string => plural(count, { one: '# heure', other: '# heures' });

/** French; the spaces before double signs are narrow and do not break. */
export const french = {
  locale: 'fr',
  direction: 'ltr',
  topics: {
    world: 'Monde',
    politics: 'Politique',
    business: 'Économie',
    technology: 'Technologie',
    science: 'Sciences',
    health: 'Santé',
    sport: 'Sport',
    entertainment: 'Culture et loisirs',
    environment: 'Environnement',
    travel: 'Voyages',
    food: 'Cuisine',
    lifestyle: 'Art de vivre',
  },
  cadences: { daily: 'Tous les jours', workdays: 'Du lundi au vendredi', weekly: 'Une fois par semaine' },
  digest: {
    viewInBrowser: 'Voir dans le navigateur',
    contents: (count, sources) =>
      `${plural(count, { one: '# article', other: '# articles' })} de ${plural(sources, { one: '# source', other: '# sources' })}`,
    minutes: (count) => `${count} min de lecture`,
    plus: (headlines) => `Et aussi\u202f: ${headlines}`,
    readAt: (source) => `Lire sur ${source}`,
    also: (outlets) => `Aussi couvert par ${outlets}`,
    more: (count) => plural(count, { one: '#\u00a0autre', other: '#\u00a0autres' }),
    update: 'Mise à jour',
    paid: 'payant',
    yesterday: 'hier',
    reason: {
      outlets: (count) => `dans ${count} sources`,
      topic: (name) => `votre sujet\u202f: ${name}`,
      source: (title) => `vous suivez ${title}`,
      keyword: (keyword) => `répond à votre mot-clé «\u202f${keyword}\u202f»`,
      pick: 'notre choix',
      biggest: 'le sujet le plus important du moment',
      fillTopic: (name) => `en complément, sujet\u202f: ${name}`,
      fill: 'en complément',
    },
    heading: {
      sources: 'De vos sources',
      keyword: (keyword) => `«\u202f${keyword}\u202f»`,
      picks: 'Nos choix',
      fill: 'À savoir aussi',
    },
    filled: 'Il y avait peu de nouveau dans ce que vous suivez\u202f: nous avons ajouté quelques grands sujets.',
    joining: {
      keywords: 'Ce qu’apportent vos mots-clés arrive à partir de la prochaine édition.',
      sources: 'Ce qu’apportent vos propres sources arrive à partir de la prochaine édition.',
      both: 'Ce qu’apportent vos mots-clés et vos propres sources arrive à partir de la prochaine édition.',
    },
    welcome: (schedule) => `Bienvenue. Voici votre première édition. Vous avez demandé ${schedule}.`,
    now: 'Vous avez demandé cette édition tout de suite. Les autres arriveront comme prévu.',
    example:
      'Un exemple de ce que contiendrait votre édition en ce moment\u202f; rien n’a été envoyé. Les mots-clés et les sources que nous découvrons s’y ajoutent dès que vous les suivez.',
    stopped: (title, since) => `Nous n’arrivons plus à lire ${title} depuis le ${since}.`,
    moreOnWeb: (count) => plural(count, { one: '# autre article sur le web', other: '# autres articles sur le web' }),
    end: 'C’est tout.',
    next: (weekday, time) => `Prochaine édition\u202f: ${weekday} à ${time}.`,
    moreOf: (topics) => `Plus de\u202f: ${topics}`,
    lessFrom: (sources) => `Moins de\u202f: ${sources}`,
    schedule: {
      daily: (time, zone) => `une édition par jour à ${time} (${zone})`,
      workdays: (time, zone) => `une édition du lundi au vendredi à ${time} (${zone})`,
      weekly: (time, zone, weekday) => `une édition par semaine, le ${weekday} à ${time} (${zone})`,
    },
    why: (address, date, schedule) =>
      `Vous recevez ce courriel parce que ${address} a demandé, le ${date}, ${schedule}.`,
    change: 'Modifier mes choix',
    pause: 'Faire une pause',
    unsubscribe: 'Se désabonner',
    pictures: (off) =>
      `Aucun pistage. Les images viennent des éditeurs, qui peuvent voir qu’on les charge\u202f: ${off}.`,
    picturesOff: 'désactivez-les ici',
    noPictures: 'Aucun pistage, et ce courriel ne charge rien depuis le web.',
    contact: (contact) => `Une question\u202f? ${contact}`,
    before: (what) => `${what}\u202f:`,
  },
  letters: {
    confirm: (brand, valid) => ({
      subject: `Confirmez votre abonnement à ${brand}`,
      preheader: 'Un clic suffit. Rien n’est envoyé avant.',
      title: 'Un clic pour commencer',
      paragraphs: [
        `Quelqu’un, vous sans doute, a demandé à ${brand} d’envoyer un résumé de l’actualité à cette adresse.`,
        'Confirmez, et la première édition arrive aussitôt.',
      ],
      button: 'Confirmer l’abonnement',
      note: `Le lien est valable ${hours(valid)}. Si ce n’était pas vous, ne faites rien\u202f: nous n’enverrons rien.`,
    }),
    manage: (brand, valid) => ({
      subject: `Vos choix chez ${brand}`,
      preheader: 'Changer de sujets, de sources ou d’heure, faire une pause ou se désabonner.',
      title: 'Vos choix',
      paragraphs: [
        `Cette adresse est abonnée à ${brand}. Le lien ouvre vos choix\u202f: sujets, sources, heure, pause et désabonnement.`,
      ],
      button: 'Ouvrir mes choix',
      note: `Le lien est valable ${hours(valid)} et strictement personnel. Si vous ne l’avez pas demandé, ne faites rien.`,
    }),
    addressChange: (brand, valid) => ({
      subject: `Confirmez votre nouvelle adresse pour ${brand}`,
      preheader: 'Vos éditions arriveront ici dès que vous aurez confirmé.',
      title: 'Est-ce votre nouvelle adresse\u202f?',
      paragraphs: [
        `Une personne abonnée à ${brand} a demandé à recevoir ses éditions à cette adresse.`,
        'Confirmez, et la prochaine édition arrivera ici et non plus à l’ancienne adresse.',
      ],
      button: 'Confirmer la nouvelle adresse',
      note: `Le lien est valable ${hours(valid)}. Si ce n’était pas vous, ne faites rien\u202f: rien ne change.`,
    }),
    sourceStopped: (brand, title, since) => ({
      subject: `Une source de votre édition de ${brand} ne répond plus`,
      preheader: 'Vous voudrez peut-être en choisir une autre.',
      title: 'Une de vos sources ne répond plus',
      paragraphs: [
        `Nous n’arrivons plus à lire ${title} depuis le ${since}. La source a peut-être déménagé ou fermé.`,
        'Tout le reste de ce que vous suivez continue d’arriver.',
      ],
      button: 'Modifier mes sources',
      note: 'Nous continuons d’essayer et ne vous écrirons plus au sujet de cette source.',
    }),
    footer: (brand) =>
      `Ce courriel répond à une demande faite à ${brand} avec votre adresse. Ce n’est pas une lettre d’information.`,
    stoppedFooter: (brand, title) =>
      `Vous recevez ce courriel une seule fois, parce que vous suivez ${title} dans ${brand}.`,
    orPaste: 'Ou copiez cette adresse dans votre navigateur\u202f:',
  },
} satisfies Words;
