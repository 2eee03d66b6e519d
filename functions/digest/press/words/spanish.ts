import { pluralOf } from './plural.ts';
import type { Words } from './words.ts';

const plural = pluralOf('es');
const hours = (count: number): string => plural(count, { one: '# hora', other: '# horas' });

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
    entertainment: 'Espectáculos',
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
    update: 'Novedad',
    paid: 'de pago',
    yesterday: 'ayer',
    reason: {
      outlets: (count) => `en ${count} fuentes`,
      topic: (name) => `sigues ${name}`,
      source: (title) => `sigues ${title}`,
      keyword: (keyword) => `coincide con tu palabra clave «${keyword}»`,
      pick: 'nuestra recomendación',
      biggest: 'la noticia más importante del momento',
      fillTopic: (name) => `añadida para completar, de ${name}`,
      fill: 'añadida para completar',
    },
    heading: {
      sources: 'De tus fuentes',
      keyword: (keyword) => `«${keyword}»`,
      picks: 'Nuestras recomendaciones',
      fill: 'También conviene saber',
    },
    filled: 'Había pocas novedades en lo que sigues, así que añadimos algunas de las noticias más importantes.',
    welcome: (schedule) => `Te damos la bienvenida. Este es tu primer boletín. Pediste ${schedule}.`,
    now: 'Pediste recibir este boletín ahora. Los demás llegarán como siempre.',
    stopped: (title, since) => `No podemos leer ${title} desde el ${since}.`,
    moreOnWeb: (count) => `${count} más en la web`,
    end: 'Eso es todo.',
    next: (weekday, time) => `Próximo boletín: ${weekday} a las ${time}.`,
    moreOf: (topics) => `Más de: ${topics}`,
    lessFrom: (sources) => `Menos de: ${sources}`,
    schedule: {
      daily: (time, zone) => `un boletín diario a las ${time} (${zone})`,
      workdays: (time, zone) => `un boletín de lunes a viernes a las ${time} (${zone})`,
      weekly: (time, zone, weekday) => `un boletín semanal, el ${weekday} a las ${time} (${zone})`,
    },
    why: (address, date, schedule) => `Recibes este correo porque ${address} pidió el ${date} ${schedule}.`,
    change: 'Cambiar mi selección',
    pause: 'Pausar',
    unsubscribe: 'Darme de baja',
    pictures: (off) => `No te rastreamos. Las imágenes vienen de los medios, que pueden ver cuándo se cargan: ${off}.`,
    picturesOff: 'desactívalas aquí',
    noPictures: 'No te rastreamos, y este correo no carga nada de la web.',
    contact: (contact) => `Preguntas: ${contact}`,
    before: (what) => `${what}:`,
  },
  letters: {
    confirm: (brand, valid) => ({
      subject: `Confirma tu suscripción a ${brand}`,
      preheader: 'Basta un clic. Antes no enviamos nada.',
      title: 'Un clic para empezar',
      paragraphs: [
        `Alguien, esperamos que tú, pidió a ${brand} un resumen de noticias para esta dirección.`,
        'Confirma y el primer boletín llegará enseguida.',
      ],
      button: 'Confirmar suscripción',
      note: `El enlace vale ${hours(valid)}. Si no fuiste tú, no hagas nada: no enviaremos ningún boletín.`,
    }),
    manage: (brand, valid) => ({
      subject: `Tu enlace para gestionar ${brand}`,
      preheader: 'Cambia temas, fuentes u hora, haz una pausa o date de baja.',
      title: 'Gestiona tu suscripción',
      paragraphs: [`Este enlace abre tus ajustes en ${brand}: temas, fuentes, hora, pausa y baja.`],
      button: 'Abrir ajustes',
      note: `El enlace vale ${hours(valid)} y es solo para ti. Si no lo pediste, no hagas nada.`,
    }),
    addressChange: (brand, valid) => ({
      subject: `Confirma tu nueva dirección para ${brand}`,
      preheader: 'Tu boletín llegará aquí cuando confirmes.',
      title: '¿Es esta tu nueva dirección?',
      paragraphs: [
        `Una persona suscrita a ${brand} pidió recibir su boletín en esta dirección.`,
        'Confirma y el próximo boletín llegará aquí, y no a la dirección anterior.',
      ],
      button: 'Confirmar nueva dirección',
      note: `El enlace vale ${hours(valid)}. Si no fuiste tú, no hagas nada: nada cambia.`,
    }),
    sourceStopped: (brand, title, since) => ({
      subject: `Una fuente de tu boletín de ${brand} ha dejado de funcionar`,
      preheader: 'Quizá quieras elegir otra.',
      title: 'Una de tus fuentes ha dejado de funcionar',
      paragraphs: [
        `No podemos leer ${title} desde el ${since}. Puede que se haya mudado o haya cerrado.`,
        'Todo lo demás que sigues te sigue llegando.',
      ],
      button: 'Cambiar mis fuentes',
      note: 'Seguimos intentándolo y no volveremos a escribirte sobre esta fuente.',
    }),
    footer: (brand) =>
      `Este correo responde a algo que se pidió a ${brand} con tu dirección. No es un boletín publicitario.`,
    orPaste: 'O copia esta dirección en tu navegador:',
  },
} satisfies Words;
