/** Countries and parts of them as forms name them: in five languages, by code, with the number one dials. */

/** Calling code -> countries, the one it is usually meant for first. */
const calling =
  "1 US CA PR DO JM BS BB TT|7 RU KZ|20 EG|27 ZA|30 GR|31 NL|32 BE|33 FR|34 ES|36 HU|39 IT VA|40 RO|41 CH|43 AT|44 GB JE GG IM|45 DK|46 SE|47 NO|48 PL|49 DE|51 PE|52 MX|53 CU|54 AR|55 BR|56 CL|57 CO|58 VE|60 MY|61 AU|62 ID|63 PH|64 NZ|65 SG|66 TH|81 JP|82 KR|84 VN|86 CN|90 TR|91 IN|92 PK|93 AF|94 LK|95 MM|98 IR|212 MA|213 DZ|216 TN|218 LY|220 GM|221 SN|223 ML|225 CI|226 BF|227 NE|228 TG|229 BJ|230 MU|231 LR|232 SL|233 GH|234 NG|235 TD|236 CF|237 CM|238 CV|239 ST|240 GQ|241 GA|242 CG|243 CD|244 AO|248 SC|249 SD|250 RW|251 ET|252 SO|253 DJ|254 KE|255 TZ|256 UG|257 BI|258 MZ|260 ZM|261 MG|263 ZW|264 NA|265 MW|266 LS|267 BW|268 SZ|269 KM|291 ER|297 AW|298 FO|299 GL|350 GI|351 PT|352 LU|353 IE|354 IS|355 AL|356 MT|357 CY|358 FI|359 BG|370 LT|371 LV|372 EE|373 MD|374 AM|375 BY|376 AD|377 MC|378 SM|380 UA|381 RS|382 ME|383 XK|385 HR|386 SI|387 BA|389 MK|420 CZ|421 SK|423 LI|501 BZ|502 GT|503 SV|504 HN|505 NI|506 CR|507 PA|509 HT|591 BO|592 GY|593 EC|595 PY|597 SR|598 UY|670 TL|673 BN|675 PG|676 TO|679 FJ|685 WS|852 HK|853 MO|855 KH|856 LA|880 BD|886 TW|960 MV|961 LB|962 JO|963 SY|964 IQ|965 KW|966 SA|967 YE|968 OM|970 PS|971 AE|972 IL|973 BH|974 QA|975 BT|976 MN|977 NP|992 TJ|993 TM|994 AZ|995 GE|996 KG|998 UZ";
const codesOf = new Map(
  calling.split("|").map((line) => {
    const [code = "", ...countries] = line.split(" ");
    return [code, countries] as const;
  }),
);
const all = [...codesOf.values()].flat();

const fold = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[.']/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const languages = ["en", "de", "fr", "es", "pt", "it", "nl"];
const byName = new Map<string, string>();
for (const language of languages) {
  const names = new Intl.DisplayNames([language], { type: "region" });
  for (const code of all) {
    const name = names.of(code);
    if (name !== undefined && !byName.has(fold(name))) byName.set(fold(name), code);
  }
}
const otherNames: Readonly<Record<string, string>> = {
  usa: "US",
  us: "US",
  "united states of america": "US",
  "the united states": "US",
  "the us": "US",
  america: "US",
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  "the uk": "GB",
  "the united kingdom": "GB",
  holland: "NL",
  "the netherlands": "NL",
  "czech republic": "CZ",
  "south korea": "KR",
  "republic of korea": "KR",
  "korea republic of": "KR",
  russia: "RU",
  "russian federation": "RU",
  turkey: "TR",
  turkiye: "TR",
  vietnam: "VN",
  "viet nam": "VN",
  "hong kong": "HK",
  uae: "AE",
  "ivory coast": "CI",
  brasil: "BR",
  deutschland: "DE",
  espana: "ES",
  suisse: "CH",
  schweiz: "CH",
  osterreich: "AT",
  eire: "IE",
  "republic of ireland": "IE",
  deu: "DE",
  fra: "FR",
  esp: "ES",
  prt: "PT",
  gbr: "GB",
  can: "CA",
  aut: "AT",
  che: "CH",
  nld: "NL",
  ita: "IT",
  ind: "IN",
  bra: "BR",
  mex: "MX",
  aus: "AU",
  irl: "IE",
  pol: "PL",
  swe: "SE",
};
for (const [name, code] of Object.entries(otherNames)) byName.set(name, code);

const union = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" "),
);
export const inEuropeanUnion = (code: string) => union.has(code);

/** A country's two letters from its name in one of the languages, its code, or "Germany (+49)"; null if it is none. */
export function countryCode(text: string): string | null {
  const whole = text.trim();
  if (/^[A-Z]{2}$/.test(whole) && all.includes(whole)) return whole;
  const words = fold(whole.replace(/\(?\+\s?\d[\d\s-]*\)?/g, " ").replace(/\((?:[A-Z]{2,3})\)/, " "));
  return byName.get(words) ?? null;
}

/** Countries that a sentence names; "EU" for the European Union. Lower-case "us" is a pronoun. */
export function countriesNamed(sentence: string): string[] {
  const found = new Set<string>();
  if (/\b(?:US|U\.S\.A?\.?|USA)(?![\w])/.test(sentence)) found.add("US");
  if (/\bU\.?K\.?\b/.test(sentence)) found.add("GB");
  if (/\bE\.?U\.?\b|\bEuropean Union\b|\bEurope\b|\bEEA\b/i.test(sentence.replace(/\beu\b/g, "")))
    found.add("EU");
  const words = fold(sentence).split(" ");
  for (let length = 4; length >= 1; length--)
    for (let at = 0; at + length <= words.length; at++) {
      const phrase = words.slice(at, at + length).join(" ");
      const code = phrase.length > 3 ? byName.get(phrase) : undefined;
      if (code !== undefined) found.add(code);
    }
  return [...found];
}

export const countryName = (code: string, language: string): string =>
  new Intl.DisplayNames([languages.includes(language) ? language : "en"], { type: "region" }).of(code) ??
  code;

/** The code one dials for a country, without "+"; null if unknown. */
export const callingCodeOf = (country: string): string | null =>
  [...codesOf].find(([, countries]) => countries.includes(country))?.[0] ?? null;

/** Splits "+49 30 1234" into what to dial first and the rest, digits only. Null for a number without its country. */
export function internationalParts(
  phone: string,
): { code: string; national: string; countries: readonly string[] } | null {
  const digits = phone
    .trim()
    .replace(/^00/, "+")
    .replace(/[^\d+]/g, "");
  if (!digits.startsWith("+")) return null;
  for (const length of [3, 2, 1]) {
    const code = digits.slice(1, 1 + length);
    const countries = codesOf.get(code);
    if (countries !== undefined) return { code, national: digits.slice(1 + length), countries };
  }
  return null;
}

const states =
  "US:AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming|CA:AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon|BR:SP São Paulo,RJ Rio de Janeiro,MG Minas Gerais,RS Rio Grande do Sul,PR Paraná,SC Santa Catarina,BA Bahia,DF Distrito Federal,PE Pernambuco,CE Ceará|AU:NSW New South Wales,VIC Victoria,QLD Queensland,WA Western Australia,SA South Australia,TAS Tasmania,ACT Australian Capital Territory,NT Northern Territory";
const regions = states.split("|").flatMap((line) => {
  const [country = "", list = ""] = line.split(":");
  return list
    .split(",")
    .map((one) => ({ country, code: one.slice(0, one.indexOf(" ")), name: one.slice(one.indexOf(" ") + 1) }));
});

/** The other ways to write a state: "CA" for California and the other way round. */
export function regionForms(region: string, country: string): string[] {
  const words = fold(region);
  const found = regions.find(
    (one) =>
      (country === "" || one.country === country) &&
      (fold(one.name) === words || (one.code === region.trim().toUpperCase() && country !== "")),
  );
  return found === undefined
    ? [region]
    : [found.name, found.code, `${found.name} (${found.code})`, `${found.code} - ${found.name}`];
}

export const sameFolded = (one: string, other: string) => fold(one) === fold(other);
