/** The commonest words of the languages we tell apart: they carry no news, and they betray the language of a short text. */
const LISTS: Record<string, string> = {
  en: 'a an the of to in on for and or is are was were be been being by with at from as that this these those it its he she they we you i his her their our your my me him them us has have had having will would can could may might must should not no nor but if then than so such after before over under into out up down off about above again all any both each few more most other some own same too very just also new says say said saying told tells according amid via here what who whom which when where why how do does did doing there vs live update updates watch video photos since while during between against because until get gets got back still now first latest year years day days week weeks one two today news',
  de: 'der die das und ist nicht ein eine einen einem einer eines mit von für auf den dem des im in zu zum zur sich auch als aus bei nach wie wird werden hat haben sind war wurde oder aber noch nur über vor durch gegen unter mehr kann soll neue neuen neuer jahr jahre er sie es wir ihr um an am bis so ab was wer',
  fr: 'le la les des du de un une et est pas que qui dans pour sur avec par au aux en ce cette ces son sa ses il elle ils elles nous vous leur leurs plus mais ou où été sont ont être avoir fait après avant entre contre sans sous comme se ne d l s qu n c j à y dont deux ans',
  es: 'el la los las de del un una unos unas y es que en por para con no se su sus al lo como más pero o fue son ha han ser está este esta estos estas sobre entre tras desde hasta sin le les ya a ante dos años año muy también',
  it: 'il lo la i gli le di del della dei delle un una uno e è che non in per con su da dal dalla al alla nel nella si ha hanno sono più ma o come anche dopo contro tra fra questo questa anni anno due sul sulla',
  pt: 'o a os as de do da dos das um uma e é que em no na nos nas por para com não se ao à mais mas ou foi são tem ser como sobre após entre até sem pelo pela dois ano anos também já',
  nl: 'de het een en van is in op te dat die voor met zijn niet aan er om ook als bij uit naar maar wordt worden heeft hebben was door over nog na tot meer dan kan deze dit wel geen jaar',
  pl: 'i w na z do nie się że to jest o jak po co za od dla ale czy tak są był była było były przez przed oraz ze we ich jego jej już tylko może być który która które tym ten ta te pod nad u go mu lub gdy gdzie kto roku lat rok będzie bez także',
  sv: 'och att det i på är som en ett för av med till den har inte om de från men så vid efter kan ska var nu mot hur när över under eller',
  cs: 'a v na je se to že s z do o i k ve za od po jak pro ale by jsou byl byla bylo které který která už jen podle roku při své',
  tr: 've bir bu da de için ile olarak çok daha olan gibi sonra ne en kadar her mi oldu var yok ama yeni',
  id: 'yang dan di dari untuk dengan pada ini itu dalam tidak akan oleh juga ke karena sebagai adalah ada telah bisa saat tahun',
};

/** Stop words by language code. */
export const STOP_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(LISTS).map(([language, words]) => [language, new Set(words.split(' '))]),
);
