/**
 * Where a listing says the work is: towns, and the countries and states behind them, each under one name. Boards write the same
 * place in many ways ("Köln", "Cologne, NRW, Germany", "Remote - Cologne (Hybrid)").
 */
import { plain, remoteMark } from "./plain.ts";

export interface Places {
  readonly towns: readonly string[];
  /** Countries and continents. */
  readonly countries: readonly string[];
  /** Of the United States: they tell Portland from Portland. */
  readonly states: readonly string[];
}

/** "Portland, OR" is one place, "Berlin or Paris" are two. */
const betweenPlaces = /[;|•\n]|(?<!,)\s+(?:or|oder|ou|and|und|et)\s+/i;

export function placesOf(locations: readonly string[]): Places {
  const towns = new Set<string>();
  const countries = new Set<string>();
  const states = new Set<string>();
  for (const location of locations.flatMap((one) => one.split(betweenPlaces))) {
    const parts = partsOf(location);
    // What stands first and is no country or state names the town; a district or county behind it adds nothing.
    let town = "";
    for (const [index, { name, code }] of parts.entries()) {
      if (isCountry(name)) countries.add(name);
      else if (index > 0 && code !== "" && stateCodes[code] !== undefined) states.add(stateCodes[code]);
      else if (stateNames.has(name) && (index > 0 || parts.length === 1)) states.add(name);
      else if (town === "" && name.length > 2) town = name;
    }
    // "New York, NY": a town may be called like its state.
    if (town === "" && parts[0] !== undefined && parts.length > 1 && stateNames.has(parts[0].name))
      town = parts[0].name;
    if (town !== "") towns.add(town);
  }
  return { towns: [...towns].sort(), countries: [...countries].sort(), states: [...states].sort() };
}

/** Whether these words are nothing but a place, as titles carry them at their end. */
export function isPlace(words: string, own: Places): boolean {
  const name = otherNames[words] ?? words;
  return isCountry(name) || own.towns.includes(name) || own.states.includes(name) || largeTowns.has(name);
}

export type PlaceVerdict =
  /** A town in common, or the same country and no towns. */
  | "same"
  /** One says less than the other: nothing speaks against it. */
  | "possible"
  | "different";

export function comparePlaces(a: Places, b: Places): PlaceVerdict {
  if (contradict(a.countries, b.countries) || contradict(a.states, b.states)) return "different";
  if (a.towns.length > 0 && b.towns.length > 0)
    return a.towns.some((town) => b.towns.includes(town)) ? "same" : "different";
  if (a.towns.length !== b.towns.length) return "possible";
  return "same";
}

const contradict = (a: readonly string[], b: readonly string[]) =>
  a.length > 0 &&
  b.length > 0 &&
  !a.some((one) => b.includes(one)) &&
  // "Europe" says nothing against Spain.
  !a.some((one) => continents.has(one)) &&
  !b.some((one) => continents.has(one));

function partsOf(location: string): { readonly name: string; readonly code: string }[] {
  return location
    .replace(/[()[\]]/g, ",")
    .split(/[,/]|\s[-–—:]\s/)
    .flatMap((part) => {
      const code = /^\s*([A-Z]{2})(?:\s+\d{5}(?:-\d{4})?)?\s*$/.exec(part)?.[1] ?? "";
      const words = plain(part)
        .replace(remoteMark, " ")
        .replace(/\b\d{4,}\b/g, " ")
        .replace(
          /\b(?:greater|metropolitan|metro|area|region|city of|in|within|based|office|hq|headquarters)\b/g,
          " ",
        )
        .replace(/\s+/g, " ")
        .trim();
      const name = otherNames[words] ?? words;
      return name === "" ? [] : [{ name, code }];
    });
}

const list = (text: string) => new Set(text.split(",").map((name) => name.trim()));

const continents = list(
  "europe,eu,emea,apac,latam,americas,north america,south america,asia,africa,worldwide,global,dach,benelux,nordics",
);

const countryNames = list(
  "germany,austria,switzerland,netherlands,belgium,luxembourg,france,spain,portugal,italy,ireland,united kingdom,england," +
    "scotland,wales,denmark,sweden,norway,finland,iceland,poland,czechia,slovakia,hungary,romania,bulgaria,greece,croatia," +
    "slovenia,serbia,estonia,latvia,lithuania,ukraine,turkey,israel,egypt,united states,canada,mexico,brazil,argentina,chile," +
    "colombia,peru,india,pakistan,china,japan,south korea,taiwan,vietnam,thailand,malaysia,indonesia,philippines,singapore," +
    "australia,new zealand,south africa,nigeria,kenya,morocco,united arab emirates,saudi arabia,cyprus,malta,hong kong",
);
/** A city that is its own country is a town as well; it tells more so. */
const cityStates = new Set(["singapore", "hong kong", "luxembourg", "malta"]);
const isCountry = (name: string) => continents.has(name) || (countryNames.has(name) && !cityStates.has(name));

/** Those whose letters are a country's code just as often ("Berlin, DE", "Bangalore, IN") are left out. */
const stateCodes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "AK alaska,AZ arizona,CT connecticut,DC district of columbia,FL florida,GA georgia,HI hawaii,IA iowa,KS kansas," +
    "KY kentucky,LA louisiana,MA massachusetts,MD maryland,ME maine,MI michigan,MN minnesota,MO missouri,MT montana," +
    "NC north carolina,ND north dakota,NH new hampshire,NJ new jersey,NM new mexico,NV nevada,NY new york,OH ohio," +
    "OK oklahoma,OR oregon,PA pennsylvania,RI rhode island,SC south carolina,TN tennessee,TX texas,UT utah,VA virginia," +
    "VT vermont,WA washington,WI wisconsin,WV west virginia,WY wyoming"
  )
    .split(",")
    .map((pair) => [pair.slice(0, 2), pair.slice(3)]),
);
const stateNames = new Set([
  ...Object.values(stateCodes),
  "california",
  "colorado",
  "illinois",
  "indiana",
  "delaware",
]);

/** Other names and other languages' names of one place. */
const otherNames: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "koln=cologne,koeln=cologne,munchen=munich,muenchen=munich,nurnberg=nuremberg,nuernberg=nuremberg,dusseldorf=dusseldorf," +
    "duesseldorf=dusseldorf,frankfurt am main=frankfurt,frankfurt main=frankfurt,frankfurt a m=frankfurt,hannover=hanover," +
    "wien=vienna,zuerich=zurich,geneve=geneva,genf=geneva,basel stadt=basel,bruxelles=brussels,brussel=brussels," +
    "antwerpen=antwerp,den haag=the hague,s gravenhage=the hague,praha=prague,prag=prague,warszawa=warsaw,warschau=warsaw," +
    "krakow=cracow,krakau=cracow,wroclaw=wroclaw,breslau=wroclaw,lisboa=lisbon,lissabon=lisbon,milano=milan,mailand=milan," +
    "roma=rome,rom=rome,torino=turin,firenze=florence,napoli=naples,venezia=venice,sevilla=seville,kobenhavn=copenhagen," +
    "kopenhagen=copenhagen,goteborg=gothenburg,bucuresti=bucharest,bukarest=bucharest,athina=athens,beograd=belgrade," +
    "moskva=moscow,kyiv=kiev,istanbul avrupa=istanbul,bengaluru=bangalore,bombay=mumbai,gurugram=gurgaon," +
    "new york city=new york,nyc=new york,manhattan=new york,sf=san francisco,san francisco bay=san francisco," +
    "ciudad de mexico=mexico city,cdmx=mexico city,sao paulo=sao paulo,st louis=saint louis,st paul=saint paul," +
    "ft worth=fort worth,washington dc=washington,washington d c=washington," +
    "deutschland=germany,de=germany,osterreich=austria,oesterreich=austria,at=austria,schweiz=switzerland,suisse=switzerland," +
    "svizzera=switzerland,ch=switzerland,nederland=netherlands,the netherlands=netherlands,holland=netherlands,nl=netherlands," +
    "belgique=belgium,belgie=belgium,be=belgium,frankreich=france,fr=france,espana=spain,spanien=spain,es=spain,pt=portugal," +
    "italia=italy,italien=italy,it=italy,irland=ireland,ie=ireland,uk=united kingdom,gb=united kingdom,gbr=united kingdom," +
    "great britain=united kingdom,england=united kingdom,scotland=united kingdom,wales=united kingdom," +
    "danmark=denmark,danemark=denmark,dk=denmark,sverige=sweden,schweden=sweden,se=sweden,norge=norway,no=norway," +
    "suomi=finland,fi=finland,polska=poland,polen=poland,pl=poland,czech republic=czechia,cesko=czechia,cz=czechia," +
    "turkiye=turkey,turkei=turkey,usa=united states,us=united states,u s=united states,u s a=united states," +
    "united states of america=united states,estados unidos=united states,brasil=brazil,br=brazil,mx=mexico,deu=germany," +
    "eur=europe,european union=europe,eu=europe,eea=europe,anywhere in the world=worldwide,international=worldwide"
  )
    .split(",")
    .map((pair) => pair.split("=") as [string, string]),
);

/** Towns that titles name although the place is a field of its own. */
const largeTowns = list(
  "berlin,munich,hamburg,cologne,frankfurt,stuttgart,dusseldorf,leipzig,dresden,hanover,nuremberg,vienna,graz,zurich,geneva," +
    "basel,bern,lausanne,amsterdam,rotterdam,utrecht,eindhoven,the hague,brussels,antwerp,ghent,paris,lyon,marseille,toulouse," +
    "nantes,lille,bordeaux,madrid,barcelona,valencia,seville,malaga,bilbao,lisbon,porto,milan,rome,turin,bologna,florence," +
    "naples,dublin,cork,galway,london,manchester,birmingham,leeds,bristol,edinburgh,glasgow,cambridge,oxford,copenhagen," +
    "aarhus,stockholm,gothenburg,malmo,oslo,bergen,helsinki,warsaw,cracow,wroclaw,gdansk,prague,brno,budapest,bucharest,cluj," +
    "sofia,athens,zagreb,ljubljana,belgrade,tallinn,riga,vilnius,kiev,istanbul,ankara,izmir,tel aviv,dubai,cairo,new york," +
    "san francisco,los angeles,san diego,san jose,seattle,portland,denver,boulder,austin,dallas,houston,chicago,boston," +
    "philadelphia,pittsburgh,atlanta,miami,tampa,orlando,charlotte,raleigh,nashville,minneapolis,detroit,phoenix,toronto," +
    "montreal,vancouver,ottawa,calgary,mexico city,sao paulo,buenos aires,santiago,bogota,lima,bangalore,mumbai,delhi,pune," +
    "hyderabad,chennai,gurgaon,tokyo,osaka,seoul,singapore,hong kong,taipei,shanghai,beijing,sydney,melbourne,brisbane," +
    "perth,auckland,cape town,johannesburg,nairobi,lagos",
);
