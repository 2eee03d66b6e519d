import type { Notices } from './words.ts';

export const frNotices = {
  errors: {
    notFoundTitle: 'Page introuvable',
    notFound: 'Il n’y a rien ici. L’adresse a peut-être été coupée en la copiant.',
    methodTitle: 'Cette page ne sait pas faire cela',
    method: 'Revenez en arrière et utilisez le bouton de la page.',
    largeTitle: 'C’est trop',
    large:
      'Le formulaire contient plus que ce que nous pouvons prendre. Choisissez moins de choses ou un fichier plus petit, ou collez moins de flux à la fois.',
    typeTitle: 'Nous ne pouvons pas lire cela',
    type: 'Merci d’utiliser le formulaire de la page.',
    foreignTitle: 'Ce n’est pas possible ici',
    foreign:
      'Pour votre sécurité, cela ne se fait que depuis nos propres pages et avec un lien récent. Ouvrez de nouveau le lien de votre courriel.',
    slowTitle: 'Trop à la fois',
    slow: 'Beaucoup de demandes sont venues de votre réseau. Merci de réessayer dans une heure.',
    slowToday: 'Beaucoup de demandes sont venues de votre réseau aujourd’hui. Merci de réessayer dans {hours}.',
    slowKept: 'Votre saisie est toujours ci-dessous. Gardez cette page ouverte et appuyez alors de nouveau.',
    brokenTitle: 'Une erreur est survenue',
    broken: 'C’est de notre faute. Merci de réessayer dans quelques minutes.',
  },
  faults: {
    'email/empty': 'Indiquez votre adresse électronique.',
    'email/not-an-address': 'Ce n’est pas une adresse électronique. Elle devrait ressembler à nom@example.com.',
    'email/local-part':
      'Nous ne pouvons pas écrire à une adresse avec des lettres comme é ou ü avant le @. Merci d’en prendre une autre.',
    'email/domain': 'Ce qui suit le @ n’est pas un domaine valable. Il devrait ressembler à example.com.',
    'email/reserved': 'Personne ne peut recevoir de courrier à ce domaine. Merci de prendre une autre adresse.',
    'email/too-long': 'Cette adresse est plus longue que ce que permet le courrier.',
    cadence: 'Choisissez tous les jours, du lundi au vendredi, ou une fois par semaine.',
    weekday: 'Choisissez un jour de la semaine.',
    hour: 'Choisissez une heure pleine de 0 à 23.',
    zone: 'Nous ne connaissons pas ce fuseau horaire. Choisissez-en un dans la liste.',
    topics: 'Ce sujet n’existe pas\u202f: {value}',
    'sources/unknown': 'Cette source n’existe pas\u202f: {value}',
    'sources/address': 'Ce n’est pas l’adresse d’un flux\u202f: {value}',
    'sources/password': 'Nous ne pouvons pas lire un flux protégé par mot de passe\u202f: {value}',
    'sources/many': 'Choisissez au plus 50 sources. En voici {value}\u202f: retirez-en quelques-unes.',
    'sources/large':
      'C’est plus de texte que nous ne pouvons en prendre. Choisissez plutôt le fichier OPML, ou collez moins d’adresses à la fois.',
    'sources/today':
      'Vous avez ajouté beaucoup de sources aujourd’hui. Retirez les nouvelles et enregistrez, ou réessayez demain.',
    'opml/other': 'Ce n’est pas un fichier OPML\u202f: {value}. Choisissez celui que votre autre lecteur exporte.',
    'opml/none':
      'Il n’y a pas de flux dans ce fichier\u202f: {value}. Exportez de nouveau votre liste et choisissez le nouveau fichier.',
    'opml/large':
      'Ce fichier est trop volumineux\u202f: {value}. Une liste de flux fait au plus 512\u00a0Ko. Choisissez-en un autre.',
    'keywords/form': 'Un mot-clé a de 2 à 40 caractères et au plus 5 mots\u202f: {value}',
    'keywords/many': 'Choisissez au plus 10 mots-clés.',
    mutes: 'Une expression a de 2 à 60 caractères, et 50 au plus tiennent ici\u202f: {value}',
    reads: 'Choisissez de une à cinq langues.',
    country: 'Choisissez un pays dans la liste.',
    language: 'Choisissez une langue dans la liste.',
    format: 'Choisissez complet, bref ou texte seul.',
    pictures: 'Choisissez les images à montrer.',
    stories: 'Choisissez de 5 à 40 articles.',
    until: 'Choisissez un jour après aujourd’hui et dans l’année.',
    slow: 'Merci d’attendre un instant, puis d’appuyer de nouveau.',
  },
  reasons: {
    'nothing-new': 'rien de nouveau',
    paused: 'en pause',
    left: 'désabonnement',
    suppressed: 'les envois à votre adresse sont arrêtés',
    'too-soon': 'trop tôt après la dernière',
    'too-late': 'nous étions en retard',
    'not-in-cohort': 'votre horaire avait changé',
    brake: 'tous les envois étaient suspendus par sécurité',
    refused: 'le courriel a été refusé',
    unknown: 'nous ne savons pas s’il est parti',
    broken: 'notre faute',
  },
  privacy: {
    title: 'Confidentialité',
    mail: [
      'Vos courriels',
      'Un courriel que vous envoyez à {domain} est supprimé dès qu’il est lu, au plus tard après deux jours. Nous n’en gardons que votre adresse, si vous vous abonnez.',
    ],
    parts: [
      [
        'Ce que nous gardons',
        'Votre adresse, vos choix, les dates de votre inscription et de sa confirmation, et pendant 100 jours une courte trace de chaque édition, pour que rien ne vienne deux fois. Si vous vous désabonnez, tout disparaît après 100 jours.',
      ],
      [
        'Pourquoi',
        'Seulement pour envoyer le courriel que vous avez demandé. Personne d’autre ne reçoit rien, et il n’y a pas de publicité.',
      ],
      [
        'Ce que nous ne faisons pas',
        'Ni pixels espions ni liens qui comptent les clics. Les images viennent des éditeurs, qui voient qu’elles sont chargées\u202f; vous pouvez les couper dans vos choix.',
      ],
      [
        'Supprimer',
        'Demandez un nouveau lien et appuyez sur Supprimer\u202f: adresse et choix disparaissent aussitôt. Les sauvegardes les gardent jusqu’à 35 jours, les files d’attente jusqu’à 14. Si un courriel est revenu ou a été signalé comme indésirable, une empreinte chiffrée de l’adresse reste, pour que nous n’y écrivions plus, sauf si vous nous le demandez\u202f; on ne peut pas en tirer l’adresse.',
      ],
      ['Qui nous sommes', '{brand}, {postal}. Écrivez à {contact}.'],
    ],
  },
} as const satisfies Notices;
