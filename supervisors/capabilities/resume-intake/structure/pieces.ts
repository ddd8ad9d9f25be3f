/** The pieces of an entry's head: "Senior Engineer, Acme GmbH, Berlin" said in any order, with any separators. */

const titleWords =
  /\b(engineer|developer|programmer|architect|manager|director|analyst|scientist|designer|consultant|administrator|admin|specialist|coordinator|assistant|associate|intern|internship|trainee|lead|leader|head|chief|officer|president|vp|founder|owner|partner|accountant|auditor|bookkeeper|controller|clerk|teller|cashier|nurse|physician|doctor|therapist|technician|mechanic|operator|supervisor|foreman|superintendent|teacher|instructor|tutor|professor|lecturer|trainer|coach|researcher|fellow|writer|editor|journalist|translator|interviewer|recruiter|generalist|representative|agent|advisor|adviser|advocate|attorney|lawyer|paralegal|counsel|buyer|planner|scheduler|dispatcher|driver|pilot|chef|cook|server|waiter|waitress|bartender|host|hostess|receptionist|secretary|sales|salesperson|stylist|artist|photographer|producer|strategist|expert|member|volunteer|student|apprentice|freelancer|contractor|employee|worker|laborer|labourer|helper|attendant|guard|sergeant|captain|lieutenant|estimator|inspector|tester|qa|sre|devops|cto|ceo|cfo|coo|underwriter|adjuster|examiner|steward|librarian|pharmacist|dietitian|hygienist|entwickler|ingenieur|ingeniero|desarrollador|leiter|berater|merchandiser|marketer|evangelist|principal|executive|staff|handler|processor|broker|banker|trader|comptroller|custodian|electrician|plumber|carpenter|welder|machinist|aide|caregiver|nanny|detailee|liaison|ambassador|organizer|creator|maintainer|contributor)s?\b/i;

export const namesTitle = (text: string): boolean => titleWords.test(text);

const place =
  /^(?:remote|hybrid|on-?site|city\s*,\s*state|[\p{Lu}][\p{L}.' -]{1,30},\s*(?:[A-Z]{2}|[\p{Lu}][\p{L}. ]{2,30})(?:,\s*[\p{Lu}][\p{L}. ]{1,30})?)$/iu;
const countries =
  /^(usa|u\.s\.a?\.?|us|uk|united (states|kingdom)|germany|deutschland|france|spain|españa|italy|india|israel|canada|russia|ukraine|poland|netherlands|switzerland|austria|australia|china|japan|brazil|mexico|singapore|ireland|portugal|sweden|norway|denmark|finland|belgium|[A-Z]{2})$/i;

/** "Senior Engineer, Acme" is written as "Berlin, Germany" is. */
export const isPlace = (text: string): boolean =>
  !namesTitle(text) && (place.test(text.trim()) || countries.test(text.trim()));

export interface HeadPieces {
  readonly title: string;
  readonly organisation: string;
  readonly location: string;
}

/** Cuts at strong separators; commas are cut later, since names and places have commas of their own. */
const strong = /\t+|\s+[|•·▪‧]\s*|\s+[–—－-]\s+|\s+(?:@|at)\s+/;
const company = /^(inc|llc|ltd|gmbh|ag|corp|co|plc|s\.?a|b\.?v|llp|pvt|pte)\b\.?/i;

export function piecesOf(head: string): HeadPieces {
  let title = "";
  let location = "";
  const organisation: string[] = [];
  const takeRest = (text: string) => {
    const said = text.trim();
    if (said === "" || /^[\W_]+$/.test(said)) return;
    if (location === "" && isPlace(said)) location = said;
    else organisation.push(said);
  };
  for (const piece of head.split(strong)) {
    const said = piece.trim();
    if (said === "") continue;
    const commas = said.split(/\s*,\s+/);
    if (title === "" && namesTitle(said) && commas.length === 1) title = said;
    else if (isPlace(said)) takeRest(said);
    else if (commas.length === 1) takeRest(said);
    else {
      const parts: string[] = [];
      for (const part of commas) {
        if (company.test(part) && parts.length > 0) parts[parts.length - 1] += `, ${part}`;
        else parts.push(part);
      }
      const at = title === "" ? parts.findIndex((part) => namesTitle(part)) : -1;
      if (at >= 0) title = parts.splice(at, 1)[0] ?? "";
      const tail = parts.length >= 2 ? parts.slice(-2).join(", ") : "";
      if (parts.length >= 3 || (parts.length === 2 && organisation.length > 0 && isPlace(tail))) {
        takeRest(parts.slice(0, -2).join(", "));
        if (isPlace(tail)) takeRest(tail);
        else takeRest(tail);
      } else if (parts.length === 2 && countries.test(parts[1] ?? "") && at < 0) takeRest(tail);
      else for (const part of parts) takeRest(part);
    }
  }
  return { title, organisation: organisation.join(", "), location };
}
