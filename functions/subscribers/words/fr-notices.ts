import type { Notices } from './words.ts';

export const frNotices = {
  errors: {
    notFoundTitle: 'Page introuvable',
    notFound: 'Il n’y a rien ici. L’adresse a peut-être été coupée en la copiant.',
    methodTitle: 'Cette page ne sait pas faire cela',
    method: 'Revenez en arrière et utilisez le bouton de la page.',
    largeTitle: 'C’est trop',
    large:
      'Le formulaire contient plus que ce que nous pouvons prendre. Choisissez moins de choses, ou collez moins de flux à la fois.',
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
