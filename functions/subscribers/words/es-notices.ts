import type { Notices } from './words.ts';

export const esNotices = {
  errors: {
    notFoundTitle: 'Esta página no existe',
    notFound: 'Aquí no hay nada. Quizá la dirección se cortó al copiarla.',
    methodTitle: 'Esta página no puede hacer eso',
    method: 'Vuelva atrás y use el botón de la página.',
    largeTitle: 'Era demasiado',
    large: 'El formulario contiene más de lo que podemos aceptar. Elija menos cosas o pegue menos fuentes a la vez.',
    typeTitle: 'No podemos leer eso',
    type: 'Use el formulario de la página, por favor.',
    foreignTitle: 'Eso no se puede hacer desde aquí',
    foreign:
      'Por su seguridad, esto solo funciona desde nuestras páginas y con un enlace reciente. Abra otra vez el enlace de su correo.',
    slowTitle: 'Demasiado a la vez',
    slow: 'Han llegado muchas peticiones de su red. Inténtelo dentro de una hora, por favor.',
    slowToday: 'Hoy han llegado muchas peticiones de su red. Inténtelo dentro de {hours}, por favor.',
    slowKept: 'Lo que escribió sigue abajo. Deje esta página abierta y pulse entonces otra vez el botón.',
    brokenTitle: 'Algo ha fallado',
    broken: 'Es culpa nuestra. Inténtelo dentro de unos minutos, por favor.',
  },
  reasons: {
    'nothing-new': 'nada nuevo',
    paused: 'en pausa',
    left: 'suscripción cancelada',
    suppressed: 'los envíos a su dirección están detenidos',
    'too-soon': 'demasiado pronto tras la última',
    'too-late': 'se nos hizo tarde',
    'not-in-cohort': 'su horario había cambiado',
    brake: 'todos los envíos estaban detenidos por seguridad',
    refused: 'el correo fue rechazado',
    unknown: 'no sabemos si salió',
    broken: 'culpa nuestra',
  },
  privacy: {
    title: 'Privacidad',
    mail: [
      'Sus correos',
      'Un correo que envíe a {domain} se borra en cuanto se lee, a más tardar a los dos días. De él solo guardamos su dirección, si se suscribe.',
    ],
    parts: [
      [
        'Qué guardamos',
        'Su dirección, sus preferencias, cuándo se suscribió y confirmó, y durante 100 días un breve registro de cada edición, para que nada llegue dos veces. Si se da de baja, todo desaparece a los 100 días.',
      ],
      ['Para qué', 'Solo para enviar el correo que pidió. Nadie más recibe nada, y no hay anunciantes.'],
      [
        'Qué no hacemos',
        'Ni píxeles de rastreo ni enlaces que cuenten clics. Las imágenes vienen de los medios, que ven que se cargan; puede desactivarlas en sus preferencias.',
      ],
      [
        'Borrar',
        'Pida un enlace nuevo y pulse Borrar: dirección y preferencias desaparecen al momento. Las copias de seguridad las guardan hasta 35 días, y las colas hasta 14. Si un correo fue devuelto o marcado como no deseado, queda una huella cifrada de la dirección, para que no le escribamos más, salvo que usted nos lo pida; de ella no se puede obtener la dirección.',
      ],
      ['Quiénes somos', '{brand}, {postal}. Escriba a {contact}.'],
    ],
  },
} as const satisfies Notices;
