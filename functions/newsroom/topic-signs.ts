import type { Topic } from '../model/topic.ts';

/** Words that feeds, categories and addresses use for sections, in several languages, with the topic they stand for. */
const SIGNS: Record<Topic, string> = {
  world:
    'world international global africa asia europe americas middle-east mideast middleeast world-news worldnews latin-america latinamerica asia-pacific china india russia ukraine israel iran africa-news welt ausland monde mundo internacional esteri swiat zagranica ze-swiata wereld buitenland',
  politics:
    'politics political election elections congress white-house whitehouse government us-politics uk-politics parliament policy politik innenpolitik politique politica polityka politiek democracy campaign campaigns senate',
  business:
    'business economy economics finance financial markets market money companies company stocks investing personal-finance banking banks real-estate realestate wirtschaft finanzen boerse economie entreprises negocios economia gospodarka biznes finanse pieniadze dealbook mergers industry retail energy-business crypto cryptocurrency bitcoin startups gielda kursy-walut',
  technology:
    'technology tech gadgets computing computers software internet cybersecurity security-tech ai artificial-intelligence machine-learning gaming-tech programming android apple iphone google microsoft linux open-source phones mobile digital netzwelt digitales technik technologie tecnologia technologia technika hardware reviews-tech developer coding mobiles smart-home',
  science:
    'science sciences space astronomy physics biology nature-science archaeology research wissen wissenschaft ciencia nauka scienze wetenschap nasa spaceflight chemistry mathematics math paleontology evolution sciencetech',
  health:
    'health healthcare medicine medical wellness well wellbeing coronavirus covid covid-19 mental-health nutrition fitness gesundheit medizin sante salud salute zdrowie gezondheid shots pharma nhs',
  sport:
    'sport sports football soccer nfl nba mlb nhl cricket tennis golf rugby rugby-union f1 formula1 formula-1 olympics cycling boxing mma ufc wnba ncaa college-football basketball baseball hockey motorsport athletics sportowe deporte deportes esporte fussball pilka-nozna premier-league ncaaf racing wrestling',
  entertainment:
    'entertainment arts art culture music movies movie film films television tv tv-radio tv-and-radio books book stage theater theatre celebrity celebrities celebs showbiz hollywood entertainment-arts artanddesign culture-desk games gaming video-games videogames kultur unterhaltung musik kino feuilleton culturel cultura espectaculos kultura rozrywka filmy dance opera comics anime awards pop-culture streaming showbusiness tvshowbiz gwiazdy',
  environment:
    'environment climate climate-change climate-environment sustainability wildlife conservation climate-crisis green weather klima umwelt environnement climat medio-ambiente ambiente srodowisko klimat milieu energy-and-environment ecology pollution pogoda meteo',
  travel:
    'travel tourism destinations vacation holidays trips hotels flights reise reisen voyage voyages viajes viaggi podroze turystyka reizen',
  food: 'food recipes recipe cooking dining restaurants drink drinks wine eating essen kochen rezepte cuisine cocina recetas cucina jedzenie przepisy kuchnia koken',
  lifestyle:
    'lifestyle life-style life style fashion beauty relationships parenting family home-and-garden home-garden homes gardening weddings self-care smarter-living lifeandstyle women men mode leben panorama-style stil moda estilo styl-zycia kobieta parents pets horoscopes lifestyle-fashion femail diy interior design-home shopping',
};

export const TOPIC_SIGNS: ReadonlyMap<string, Topic> = new Map(
  Object.entries(SIGNS).flatMap(([topic, signs]) =>
    signs.split(' ').map((sign): [string, Topic] => [sign, topicNamed(topic)]),
  ),
);

function topicNamed(name: string): Topic {
  const found = Object.keys(SIGNS).find((topic): topic is Topic => topic === name);
  if (!found) throw new Error(`no topic ${name}`);
  return found;
}

const NORMAL = /^[a-z\d]+(?:-[a-z\d]+)*$/;

/** A section or path word as it stands in the table: lower case, no accents, hyphens. */
const normal = (text: string): string =>
  NORMAL.test(text)
    ? text
    : text
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/&/g, ' ')
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-+|-+$/g, '');

/** The topic that a section name stands for: whole, or by the first of its words that is known. */
export const topicOfSection = (section: string): Topic | undefined => {
  const name = normal(section);
  return (
    TOPIC_SIGNS.get(name) ??
    name
      .split('-')
      .map((word) => TOPIC_SIGNS.get(word))
      .find((topic) => topic !== undefined)
  );
};

/** The topic that an address betrays: by its host's first label or one of its first folders, the last folder being the headline. */
export const topicOfUrl = (url: string): Topic | undefined => {
  const parsed = url === '' ? null : URL.parse(url);
  if (!parsed) return undefined;
  const { hostname, pathname } = parsed;
  const folders = pathname.split('/').filter(Boolean).slice(0, -1).slice(0, 5);
  const labels = hostname.split('.');
  const places = labels.length > 2 ? [...folders, labels[0] ?? ''] : folders;
  return places.map((place) => TOPIC_SIGNS.get(normal(place))).find((topic) => topic !== undefined);
};
