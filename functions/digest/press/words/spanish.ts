import { pluralOf } from './plural.ts';
import type { Words } from './words.ts';

const plural = pluralOf('es');
const hours = (count: number): string => plural(count, { one: '# hora', other: '# horas' });

/** `a las 07:00`, and `a la 01:00`: one o'clock is singular. */
export const atTime = (time: string): string => `${time.startsWith('01:') ? 'a la' : 'a las'} ${time}`;

/** Spanish. */
export const spanish = {
  locale: 'es',
  direction: 'ltr',
  topics: {
    world: 'Mundo',
    politics: 'Política',
    business: 'Economía',
    technology: 'Tecnología',
    science: 'Ciencia',
    health: 'Salud',
    sport: 'Deportes',
    entertainment: 'Entretenimiento',
    environment: 'Medio ambiente',
    travel: 'Viajes',
    food: 'Gastronomía',
    lifestyle: 'Estilo de vida',
  },
  cadences: { daily: 'Todos los días', workdays: 'De lunes a viernes', weekly: 'Una vez por semana' },
  digest: {
    viewInBrowser: 'Ver en el navegador',
    contents: (count, sources) =>
      `${plural(count, { one: '# noticia', other: '# noticias' })} de ${plural(sources, { one: '# fuente', other: '# fuentes' })}`,
    minutes: (count) => `${count} min de lectura`,
    plus: (headlines) => `Además: ${headlines}`,
    readAt: (source) => `Leer en ${source}`,
    also: (outlets) => `También en ${outlets}`,
    more: (count) => `${count}\u00a0más`,
    update: 'Actualización',
    paid: 'de pago',
    yesterday: 'ayer',
    reason: {
      outlets: (count) => `en ${count} fuentes`,
      topic: (name) => `su tema: ${name}`,
      source: (title) => `usted sigue ${title}`,
      keyword: (keyword) => `coincide con su palabra clave «${keyword}»`,
      pick: 'nuestra recomendación',
      biggest: 'la noticia más importante del momento',
      fillTopic: (name) => `añadida para completar, de ${name}`,
      fill: 'añadida para completar',
    },
    heading: {
      sources: 'De sus fuentes',
      keyword: (keyword) => `«${keyword}»`,
      picks: 'Nuestras recomendaciones',
      fill: 'También de interés',
    },
    filled: 'Había pocas novedades en lo que usted sigue, así que añadimos algunas de las noticias más importantes.',
    joining: {
      keywords: 'Lo que traigan sus palabras clave llega a partir de la próxima edición.',
      sources: 'Lo que traigan sus propias fuentes llega a partir de la próxima edición.',
      both: 'Lo que traigan sus palabras clave y sus propias fuentes llega a partir de la próxima edición.',
    },
    welcome: (schedule) => `Le damos la bienvenida. Esta es su primera edición. Pidió ${schedule}.`,
    now: 'Pidió recibir esta edición ahora. Las demás llegarán como siempre.',
    example:
      'Un ejemplo de lo que traería su edición ahora; no se ha enviado nada. Las palabras clave y las fuentes nuevas para nosotros se suman en cuanto las siga.',
    stopped: (title, since) => `No podemos leer ${title} desde el ${since}.`,
    moreOnWeb: (count) => `${count} más en la web`,
    end: 'Eso es todo.',
    next: (weekday, time) => `Próxima edición: ${weekday} ${atTime(time)}.`,
    moreOf: (topics) => `Más de: ${topics}`,
    lessFrom: (sources) => `Menos de: ${sources}`,
    schedule: {
      daily: (time, zone) => `una edición diaria ${atTime(time)} (${zone})`,
      workdays: (time, zone) => `una edición de lunes a viernes ${atTime(time)} (${zone})`,
      weekly: (time, zone, weekday) => `una edición semanal, el ${weekday} ${atTime(time)} (${zone})`,
    },
    why: (address, date, schedule) => `Recibe este correo porque ${address} pidió el ${date} ${schedule}.`,
    change: 'Cambiar mis preferencias',
    pause: 'Pausar',
    unsubscribe: 'Darme de baja',
    pictures: (off) => `Sin rastreo. Las imágenes vienen de los medios, que pueden ver que se cargan: ${off}.`,
    picturesOff: 'desactívelas aquí',
    noPictures: 'Sin rastreo, y este correo no carga nada de la web.',
    contact: (contact) => `¿Preguntas? ${contact}`,
    before: (what) => `${what}:`,
  },
  letters: {
    confirm: (brand, valid) => ({
      subject: `Confirme su suscripción a ${brand}`,
      preheader: 'Basta un clic. Antes no enviamos nada.',
      title: 'Un clic para empezar',
      paragraphs: [
        `Alguien, esperamos que usted, pidió a ${brand} un resumen de noticias para esta dirección.`,
        'Confirme y la primera edición llegará enseguida.',
      ],
      button: 'Confirmar suscripción',
      note: `El enlace vale ${hours(valid)}. Si no fue usted, no haga nada: no enviaremos ninguna edición.`,
    }),
    manage: (brand, valid) => ({
      subject: `Sus preferencias en ${brand}`,
      preheader: 'Cambie temas, fuentes u hora, haga una pausa o dese de baja.',
      title: 'Sus preferencias',
      paragraphs: [
        `Esta dirección está suscrita a ${brand}. El enlace abre sus preferencias: temas, fuentes, hora, pausa y baja.`,
      ],
      button: 'Abrir mis preferencias',
      note: `El enlace vale ${hours(valid)} y es solo para usted. Si no lo pidió, no haga nada.`,
    }),
    addressChange: (brand, valid) => ({
      subject: `Confirme su nueva dirección para ${brand}`,
      preheader: 'Sus ediciones llegarán aquí cuando confirme.',
      title: '¿Es esta su nueva dirección?',
      paragraphs: [
        `Una persona suscrita a ${brand} pidió recibir sus ediciones en esta dirección.`,
        'Confirme y la próxima edición llegará aquí, y no a la dirección anterior.',
      ],
      button: 'Confirmar nueva dirección',
      note: `El enlace vale ${hours(valid)}. Si no fue usted, no haga nada: nada cambia.`,
    }),
    sourceStopped: (brand, title, since) => ({
      subject: `Una fuente de su edición de ${brand} ha dejado de funcionar`,
      preheader: 'Quizá quiera elegir otra.',
      title: 'Una de sus fuentes ha dejado de funcionar',
      paragraphs: [
        `No podemos leer ${title} desde el ${since}. Puede que haya cambiado de sitio o haya cerrado.`,
        'Todo lo demás que sigue le llega como siempre.',
      ],
      button: 'Cambiar mis fuentes',
      note: 'Seguimos intentándolo y no volveremos a escribirle sobre esta fuente.',
    }),
    footer: (brand) =>
      `Este correo responde a algo que se pidió a ${brand} con su dirección. No es un boletín publicitario.`,
    stoppedFooter: (brand, title) => `Recibe este correo una sola vez porque sigue ${title} en ${brand}.`,
    orPaste: 'O copie esta dirección en su navegador:',
  },
} satisfies Words;
