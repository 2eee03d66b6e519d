import { pluralOf } from './plural.ts';
import type { Words } from './words.ts';

const plural = pluralOf('ar');
const hours = (count: number): string =>
  plural(count, { one: 'ساعة واحدة', two: 'ساعتين', few: '# ساعات', many: '# ساعة', other: '# ساعة' });

/** Arabic, with European digits as most of its news sites write them. */
export const arabic = {
  locale: 'ar-u-nu-latn',
  direction: 'rtl',
  topics: {
    world: 'العالم',
    politics: 'السياسة',
    business: 'الاقتصاد',
    technology: 'التقنية',
    science: 'العلوم',
    health: 'الصحة',
    sport: 'الرياضة',
    entertainment: 'الفن والترفيه',
    environment: 'البيئة',
    travel: 'السفر',
    food: 'الطعام',
    lifestyle: 'أسلوب الحياة',
  },
  cadences: { daily: 'كل يوم', workdays: 'من الاثنين إلى الجمعة', weekly: 'مرة في الأسبوع' },
  digest: {
    viewInBrowser: 'عرض في المتصفح',
    contents: (count, sources) =>
      `${plural(count, { one: 'خبر واحد', two: 'خبران', few: '# أخبار', many: '# خبرًا', other: '# خبر' })} من ${plural(sources, { one: 'مصدر واحد', two: 'مصدرين', few: '# مصادر', many: '# مصدرًا', other: '# مصدر' })}`,
    minutes: (count) =>
      plural(count, {
        one: 'دقيقة قراءة واحدة',
        two: 'دقيقتا قراءة',
        few: '# دقائق قراءة',
        many: '# دقيقة قراءة',
        other: '# دقيقة قراءة',
      }),
    plus: (headlines) => `وأيضًا: ${headlines}`,
    readAt: (source) => `اقرأ في ${source}`,
    also: (outlets) => `ورد أيضًا في ${outlets}`,
    more: (count) =>
      plural(count, {
        one: 'مصدر آخر',
        two: 'مصدرين آخرين',
        few: '# مصادر أخرى',
        many: '# مصدرًا آخر',
        other: '# مصدر آخر',
      }),
    update: 'مستجدات',
    paid: 'مدفوع',
    yesterday: 'أمس',
    reason: {
      outlets: (count) =>
        plural(count, {
          one: 'في مصدر واحد',
          two: 'في مصدرين',
          few: 'في # مصادر',
          many: 'في # مصدرًا',
          other: 'في # مصدر',
        }),
      topic: (name) => `من مواضيعك: ${name}`,
      source: (title) => `تتابع ${title}`,
      keyword: (keyword) => `يطابق كلمتك «${keyword}»`,
      pick: 'من اختيارنا',
      biggest: 'أهم خبر في هذه اللحظة',
      fillTopic: (name) => `أضيف لإكمال نشرتك، من ${name}`,
      fill: 'أضيف لإكمال نشرتك',
    },
    heading: {
      sources: 'من مصادرك',
      keyword: (keyword) => `«${keyword}»`,
      picks: 'اخترنا لك',
      fill: 'يستحق أن تعرفه',
    },
    filled: 'لم يكن فيما تتابعه جديد كثير، فأضفنا بعضًا من أهم الأخبار.',
    joining: {
      keywords: 'ما تأتي به كلماتك يصلك بدءًا من النشرة التالية.',
      sources: 'ما تأتي به مصادرك الخاصة يصلك بدءًا من النشرة التالية.',
      both: 'ما تأتي به كلماتك ومصادرك الخاصة يصلك بدءًا من النشرة التالية.',
    },
    welcome: (schedule) => `أهلًا بك. هذه نشرتك الأولى. لقد طلبت ${schedule}.`,
    now: 'طلبت هذه النشرة الآن. وستصلك النشرات الأخرى في موعدها.',
    example:
      'مثال على ما كانت نشرتك ستحمله الآن؛ ولم يُرسل شيء. أما الكلمات والمصادر الجديدة علينا فتنضم إليها حين تتابعها.',
    stopped: (title, since) => `لم نتمكن من قراءة ${title} منذ ${since}.`,
    moreOnWeb: (count) =>
      plural(count, {
        one: 'خبر آخر على الويب',
        two: 'خبران آخران على الويب',
        few: '# أخبار أخرى على الويب',
        many: '# خبرًا آخر على الويب',
        other: '# خبر آخر على الويب',
      }),
    end: 'هذا كل شيء.',
    next: (weekday, time) => `النشرة القادمة: ${weekday} في الساعة ${time}.`,
    moreOf: (topics) => `المزيد عن: ${topics}`,
    lessFrom: (sources) => `تقليل الأخبار من: ${sources}`,
    schedule: {
      daily: (time, zone) => `نشرة يومية في الساعة ${time} (${zone})`,
      workdays: (time, zone) => `نشرة من الاثنين إلى الجمعة في الساعة ${time} (${zone})`,
      weekly: (time, zone, weekday) => `نشرة أسبوعية يوم ${weekday} في الساعة ${time} (${zone})`,
    },
    why: (address, date, schedule) => `تصلك هذه الرسالة لأن ${address} طلب في ${date} ${schedule}.`,
    change: 'تغيير اختياراتي',
    pause: 'إيقاف مؤقت',
    unsubscribe: 'إلغاء الاشتراك',
    pictures: (off) => `نحن لا نتتبعك. تأتي الصور من الناشرين، ويمكنهم رؤية تحميلها: ${off}.`,
    picturesOff: 'أوقفها من هنا',
    noPictures: 'نحن لا نتتبعك، وهذه الرسالة لا تحمّل شيئًا من الويب.',
    contact: (contact) => `للأسئلة: ${contact}`,
    before: (what) => `${what}:`,
  },
  letters: {
    confirm: (brand, valid) => ({
      subject: `أكّد اشتراكك في ${brand}`,
      preheader: 'نقرة واحدة تكفي. لن نرسل شيئًا قبلها.',
      title: 'نقرة واحدة للبدء',
      paragraphs: [
        `طلب أحدهم، ونرجو أن تكون أنت، من ${brand} إرسال نشرة أخبار إلى هذا العنوان.`,
        'أكّد الطلب وستصلك نشرتك الأولى فورًا.',
      ],
      button: 'تأكيد الاشتراك',
      note: `الرابط صالح لمدة ${hours(valid)}. إن لم تكن أنت فلا تفعل شيئًا، ولن نرسل أي نشرة.`,
    }),
    manage: (brand, valid) => ({
      subject: `اختياراتك في ${brand}`,
      preheader: 'غيّر المواضيع أو المصادر أو الوقت، أو أوقف النشرة.',
      title: 'اختياراتك',
      paragraphs: [
        `هذا العنوان مشترك في ${brand}. يفتح الرابط اختياراتك: المواضيع والمصادر والوقت والإيقاف وإلغاء الاشتراك.`,
      ],
      button: 'فتح اختياراتي',
      note: `الرابط صالح لمدة ${hours(valid)} وهو لك وحدك. إن لم تطلبه فلا تفعل شيئًا.`,
    }),
    addressChange: (brand, valid) => ({
      subject: `أكّد عنوانك الجديد في ${brand}`,
      preheader: 'ستصل نشرتك إلى هنا بعد التأكيد.',
      title: 'هل هذا عنوانك الجديد؟',
      paragraphs: [
        `طلب أحد المشتركين في ${brand} نقل نشرته إلى هذا العنوان.`,
        'أكّد الطلب وستصل النشرة القادمة إلى هنا بدل العنوان القديم.',
      ],
      button: 'تأكيد العنوان الجديد',
      note: `الرابط صالح لمدة ${hours(valid)}. إن لم تكن أنت فلا تفعل شيئًا، ولن يتغير شيء.`,
    }),
    sourceStopped: (brand, title, since) => ({
      subject: `توقف أحد مصادر نشرتك من ${brand}`,
      preheader: 'قد ترغب في اختيار مصدر آخر.',
      title: 'توقف أحد مصادرك',
      paragraphs: [
        `لم نتمكن من قراءة ${title} منذ ${since}. ربما انتقل المصدر أو أغلق.`,
        'وكل ما تتابعه غير ذلك يصلك كالمعتاد.',
      ],
      button: 'تغيير مصادري',
      note: 'سنواصل المحاولة ولن نكتب إليك عن هذا المصدر مرة أخرى.',
    }),
    footer: (brand) => `هذه الرسالة رد على طلب وصل إلى ${brand} بعنوانك، وليست نشرة دعائية.`,
    stoppedFooter: (brand, title) => `تصلك هذه الرسالة مرة واحدة لأنك تتابع ${title} في ${brand}.`,
    orPaste: 'أو انسخ هذا العنوان إلى متصفحك:',
  },
} satisfies Words;
