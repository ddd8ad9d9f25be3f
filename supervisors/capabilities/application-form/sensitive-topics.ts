/**
 * What nobody may answer for a person: law, pay, and who somebody is. Such a field takes a stored choice, or the form's own "prefer
 * not to say", and nothing else; above all nothing that merely means something similar.
 */
import type { FormField } from "./form-field.ts";
import { sameText } from "./same-question.ts";

/** In the order in which they are tried: the first that fits names the field. */
const patterns = {
  never:
    /\b(?:passwords?|passwort|kennwort|mot de passe|contrasena|senha|passport|reisepass\w*|social security|sozialversicherungs\w*|ssn|credit card|debit card|card ?(?:number|holder|no)|cardnumber|cvv|cvc|card expiry|iban|swift code|bank account|account number|routing number|tax (?:id|number|payer)|steuer ?(?:id|nummer)\w*|steueridentifikations\w*|national (?:id|insurance)|identity (?:card|document|number)|government id|state id|personalausweis\w*|driver s? ?licen[cs]e (?:number|no)|drivers licen[cs]e (?:number|no)|cpf|dni|nif|curp|rfc|nss|numero de securite sociale|aadhaar|pan card|mother s maiden|mothers maiden)\b/,
  code: /\b(?:verification code|one time (?:code|password|passcode)|otp|security code|code (?:we )?(?:sent|emailed|e mailed)|confirmation code|code from (?:the|your) e ?mail|bestatigungscode|code de verification|codigo de verificac?ion|codigo de verificacao|captcha|type the characters|enter the (?:text|letters|characters)|i m not a robot|im not a robot|prove you are human|what is \d+ (?:plus|x|times|minus)? ?\d+)\b/,
  video: /\b(?:video|record yourself|loom)\b/,
  payment: /\b(?:application fee|processing fee|payment method|pay now|paypal)\b/,
  authorizedWithoutSponsorship: /\b(?:without|no need for)\b.{0,40}\b(?:sponsor\w*|visa|work permit)\b/,
  sponsorship:
    /\bsponsor\w*|\bparrainage\b|\bpatrocinio\b|\b(?:need|require|requires|hold|benotig\w*|brauch\w*)\b.*\b(?:visa|visum|work permit)\b|\bvisa (?:status|type|support)\b|\bimmigration (?:status|support|case)\b|\bvisum\b|\bh ?1b\b/,
  workAuthorization:
    /\b(?:authori[sz]ed|authori[sz]ation|eligib\w+|entitled|right|permitted|permission|allowed|legally able|legal(?:ly)?) (?:to |for )?(?:live and )?(?:be )?(?:work\w*|employ\w*)\b|\b(?:work|employment) (?:authori[sz]ation|permit|eligibility|rights?)\b|\bright to (?:live|work)\b|\blegally (?:work|authori[sz]ed|eligible|entitled|permitted|allowed|able)\b|\barbeitserlaubnis\b|\baufenthalts\w*\b|\bautoris\w+ (?:de|a) (?:travail\w*)\b|\bdroit de travailler\b|\b(?:permiso|autorizacion|permissao|autorizacao) (?:de|para) (?:trabaj\w*|trabalh\w*)\b|\blegalmente\b|\bpermis de travail\b|\bdurfen sie\b.*\barbeiten\b|\bauthori[sz]ed to work\b|\bcitizen(?:ship)? or permanent resident\b/,
  salary:
    /\bsalar\w+|\bcompensation\b|\b(?:pay|wage|rate|remuneration|income|earn\w*|ctc|package)\b.*\b(?:expect\w*|range|current|desired|requirement\w*|hour\w*|annual\w*|da(?:y|ily))\b|\b(?:expect\w*|desired|current|hourly|daily|day|minimum|annual) (?:pay|wage|rate|remuneration|income|earnings|ctc|package|base)\b|\bgehalt\w*|\bvergutung\w*|\bremuneration\b|\bpretens(?:ao|iones|oes)\b|\bsalaire\b|\bsueldo\b|\bpretentions\b|\bhow much (?:do you|would you)\b.*\b(?:earn|make|like)\b/,
  notice:
    /\bnotice (?:period|time)?\b|\bkundigungsfrist\b|\bpreavis\b|\bpreaviso\b|\baviso previo\b|\bdelai de preavis\b/,
  startDate:
    /\b(?:start|starting|begin|join\w*|available|availability|availab\w+)\b(?=.*\b(?:date|when|soon|earliest|from|work|immediate\w*|role|position)\b)|\bwhen (?:can|could|would|will|are) you\b.*\b(?:start|begin|join|available)\b|\bearliest (?:possible )?(?:start|date|starting)\b|^(?:start date|availability|available from|date available)$|\beintritts(?:datum|termin)\b|\b(?:fruhest\w*|moglich\w*) (?:eintritt\w*|start\w*|beginn)\b|\bverfugbar(?:keit)?\b|\bab wann\b|\bdate de (?:debut|disponibilite)\b|\bdisponibilit(?:e|y)\b|\bdisponib(?:ilidad|ilidade)\b|\bfecha de (?:inicio|incorporacion)\b|\bdata de inicio\b/,
  criminal:
    /\b(?:criminal|convict\w*|felon\w*|misdemeanou?r|arrest\w*|offen[cs]e|offences|vorstraf\w*|vorbestraft|casier judiciaire|condamn\w*|antecedentes|condenad\w*|pleaded guilty|plead guilty)\b/,
  backgroundCheck:
    /\b(?:background (?:check|screening|investigation)|drug (?:test|screen)\w*|credit check|dbs check|polygraph|reference check)\b/,
  clearance: /\b(?:security clearance|clearance level|active clearance|secret clearance)\b/,
  nonCompete:
    /\b(?:non ?compete|non ?solicit\w*|restrictive covenant\w*|conflict of interest|export control\w*|sanction\w*|debarred|government official|itar)\b/,
  disability:
    /\b(?:disab\w+|accommodations?|impairment|behinder\w*|schwerbehind\w*|handicap\w*|discapacid\w*|deficien\w+|rqth|neurodiver\w*|chronic (?:illness|condition))\b/,
  veteran:
    /\b(?:veterans?|military (?:service|status|spouse)|armed forces|protected veteran|wehrdienst|reservist|militar(?:y)?)\b/,
  hispanic: /\b(?:hispanic|latin[oax])\b(?!.*\b(?:race|ethnic\w*)\b)/,
  ethnicity:
    /\b(?:race|races|racial|ethnic\w*|ethnie|etnia|ethnische\w*|raza|raca|cor ou raca|skin colou?r|hautfarbe|tribe|indigenous|aboriginal)\b/,
  transgender:
    /\b(?:transgender|trans (?:person|experience|identity)|gender identity (?:match|same|differ))\b/,
  orientation:
    /\b(?:sexual orientation|sexuelle orientierung|orientation sexuelle|orientacion sexual|orientacao sexual|lgbt\w*|lesbian|gay|bisexual)\b/,
  pronouns: /\b(?:pronouns?|pronomen|pronoms?|pronombres?|pronomes?)\b/,
  salutation: /^(?:salutation|title|anrede|civilite|tratamiento|mr mrs ms|prefix|name prefix)$/,
  gender: /\b(?:gender|sex|geschlecht|genre|sexe|genero|sexo)\b/,
  religion: /\b(?:religio\w*|faith|belief|konfession|confession)\b/,
  maritalStatus:
    /\b(?:marital|married|familienstand|etat civil|situation familiale|estado civil|pregnan\w*|children|kinder|caring responsibilit\w*)\b/,
  dateOfBirth:
    /\b(?:date of birth|birth ?(?:date|day|year)|dob|geburts\w+|date de naissance|fecha de nacimiento|data de nascimento|naissance|born)\b/,
  age: /\b(?:age|alter|edad|idade)\b(?!\w)|\b(?:over|at least|older than|above|minimum of|mindestens|uber) (?:the age of )?(?:1[4-9]|2[015])\b|\b(?:1[4-9]|21) (?:years|jahre|ans|anos|or older|or over)\b|\bvolljahrig\b|\bmajeur\b|\bmayor de edad\b/,
  nationality:
    /\b(?:nationalit\w+|citizen\w*|staatsangehorigkeit\w*|staatsburger\w*|citoyennete|nacionalid\w+|ciudadania|cidadania|country of birth|place of birth)\b/,
  health: /\b(?:vaccin\w*|covid|health condition|medical (?:condition|history)|schwanger\w*|geimpft)\b/,
  politics:
    /\b(?:political(?:ly)?|party membership|union member\w*|trade union|gewerkschaft\w*|socio ?economic|social class|free school meals|first generation)\b/,
  relocation: /\b(?:relocat\w*|umzug|umziehen|umzieh\w*|demenag\w*|reubica\w*|mudar se|mudanca)\b/,
  driving:
    /\b(?:driv(?:er|ers|ing) (?:s )?licen[cs]e|fuhrerschein|permis de conduire|carnet de conducir|cnh)\b/,
  heard:
    /\bhow (?:did|have|do) you (?:first )?(?:hear|find|learn|come across|know|discover|get to know)\b|\bwhere did you (?:hear|find|see|learn)\b|^(?:source|referral source)$|\bwie (?:haben|hast|sind|bist)\b.*\b(?:erfahren|gehort|aufmerksam|gefunden)\b|\bcomment avez vous (?:connu|entendu|decouvert|trouve)\b|\bcomo (?:nos conocio|se entero|conociste|supo|ficou sabendo|soube|conheceu|te enteraste)\b|\bwho referred you\b|\breferred by\b/,
} as const;

export type SensitiveTopic = keyof typeof patterns | "consent" | "consentBeyond" | "attestation";

/** Forms offer to decline these; where they do, that is our answer for a person who has not chosen. */
const demographicTopics: ReadonlySet<Topicish> = new Set([
  "disability",
  "veteran",
  "hispanic",
  "ethnicity",
  "transgender",
  "orientation",
  "pronouns",
  "gender",
  "religion",
  "maritalStatus",
  "dateOfBirth",
  "age",
  "nationality",
  "health",
  "politics",
]);
type Topicish = SensitiveTopic | string;
export const isDemographic = (topic: Topicish) => demographicTopics.has(topic);

/** Only a person types these, whatever is stored. */
export const isNeverTyped = (topic: Topicish) =>
  topic === "never" || topic === "code" || topic === "video" || topic === "payment";

const agrees =
  /\b(?:i (?:hereby |have read |confirm |acknowledge|consent|agree|accept|understand|authori[sz]e|certify|declare|attest|give)|consent\w*|agree\w*|einwillig\w*|zustimm\w*|stimme\b.*\bzu|einverstanden|akzeptier\w*|j accepte|j ai lu|je consens|j autorise|acepto|consiento|he leido|aceito|concordo|li e|autorizo|acknowledg\w*|privacy (?:policy|notice|statement)|datenschutz\w*|terms (?:and|of|conditions)|opt in|subscribe|keep me|newsletter|gdpr|data protection)\b/;
const beyond =
  /\b(?:market\w*|newsletters?|promotion\w*|future (?:opportunit\w*|roles?|jobs?|positions?|openings?|vacanc\w*|recruit\w*|consideration)|other (?:opportunit\w*|roles?|jobs?|positions?|openings?|vacanc\w*)|further (?:opportunit\w*|jobs?|positions?)|talent (?:pool|community|network|bank)|talentpool|bewerberpool|retain\w*|retention|keep my (?:data|details|cv|resume|information)|store\w* my .* for|months|years|monate|jahre|mois|meses|third part\w*|affiliat\w*|partners?|group companies|share\w* (?:my|with)|sms|text messages?|whatsapp|calls?|job alerts?|alerts|updates|background|credit|terms (?:and|of)|agb|arbitration|ai|artificial|automated|record\w*|analytics|cookies?|survey|zukunftig\w*|weitere stellen\w*|werb\w*|vivier|futures?|offres|futur\w*|boletin|publicidad|promoc\w*|novidades|banco de talentos|opt in|subscribe|keep me)\b/;
const thisApplication =
  /\b(?:privacy|datenschutz\w*|gdpr|dsgvo|rgpd|lgpd|data protection|personal (?:data|information)|my data|personenbezogen\w*|donnees (?:personnelles)?|datos(?: personales)?|dados(?: pessoais)?|process\w*|verarbeit\w*|traitement|tratamiento|tratamento|confidentialite|privacidad|privacidade)\b/;
const attests =
  /\b(?:certify|attest|declare|true and (?:complete|correct|accurate)|accurate and complete|signature|sign here|electronic signature|versicher\w*|wahrheitsgem\w*|certifie|declaro|under penalty|false (?:statement|information))\b/;

/** Which of them a field asks for; null if it is an ordinary one. */
export function sensitiveTopicOf(field: FormField): SensitiveTopic | null {
  const label = sameText(field.label);
  const token = field.autocomplete.toLowerCase().split(/\s+/).at(-1) ?? "";
  if (field.kind === "password" || /^cc-/.test(token) || /-password$/.test(token)) return "never";
  if (token === "one-time-code") return "code";
  const choice = field.kind === "checkbox" || field.options.length > 0;
  if (attests.test(label) && (choice || /signature|sign here/.test(label))) return "attestation";
  if (choice && agrees.test(label) && !/\bdo you agree\b.*\brelocat/.test(label)) {
    if (beyond.test(label)) return "consentBeyond";
    if (thisApplication.test(label)) return "consent";
    if (field.kind === "checkbox") return "consentBeyond";
  }
  if (
    field.kind === "checkbox" &&
    beyond.test(label) &&
    /\b(?:me|my|mich|mir|moi|yes|receive|send|contact)\b/.test(label)
  )
    return "consentBeyond";
  const own = wordsOfName(field);
  for (const text of [
    label,
    ...(field.from === "name" || field.from === "placeholder" || label.split(" ").length <= 3 ? [own] : []),
  ]) {
    const found = topicInWords(text, field);
    if (found !== null) return found;
  }
  // The label may be an option's words only ("Yes, I have a disability").
  const section = sameText(field.section.split(" / ")[0] ?? "");
  return /\b(?:self identif\w*|voluntary|demographic|equal (?:employment )?opportunit\w*|eeoc?|diversity)\b/.test(
    section,
  ) &&
    choice &&
    field.kind !== "checkbox"
    ? "politics"
    : null;
}

/** For a label, for what a person calls a stored choice, and for a question in the answer book. */
export function topicInWords(
  text: string,
  field?: Pick<FormField, "kind" | "section">,
): SensitiveTopic | null {
  const words = sameText(text);
  for (const [topic, pattern] of Object.entries(patterns)) {
    if (!pattern.test(words)) continue;
    if (topic === "salutation" && field !== undefined && (field.kind === "text" || field.kind === "textarea"))
      continue;
    if (
      topic === "video" &&
      field !== undefined &&
      !/\b(?:upload|record|link|submit|introduc\w*|file)\b/.test(words) &&
      field.kind !== "file"
    )
      continue;
    // "Date available", but not the dates of a job or a school.
    if (
      topic === "startDate" &&
      field !== undefined &&
      /\b(?:education|experience|employment|school|ausbildung|berufserfahrung|formation)\b/.test(
        sameText(field.section),
      )
    )
      continue;
    if (
      topic === "notice" &&
      /\b(?:privacy|legal|this) notice\b/.test(words) &&
      !/\bnotice period\b/.test(words)
    )
      continue;
    if (
      topic === "age" &&
      /\b(?:manage|average|page|language)\b/.test(words) &&
      !/\b(?:over|at least|older|your) /.test(words)
    )
      continue;
    return topic as SensitiveTopic;
  }
  return null;
}

const wordsOfName = ({ name }: FormField) =>
  sameText(name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_\-.[\]:]+/g, " ")).replace(
    /\b(?:dob|birthdate)\b/,
    "date of birth",
  );

export const declines =
  /\b(?:decline\w*|prefer not|rather not|prefer to not|prefer no|(?:do not|dont|don t|does not) (?:wish|want|care)|choose not|chose not|not to (?:say|answer|disclose|self|specify|respond|identify)|no answer|not (?:disclosed|disclosing|specified)|undisclosed|keine angabe|mochte (?:ich )?(?:das )?nicht|nicht angeben|prefere ne pas|prefere pas|ne souhaite pas|ne veux pas|souhaite pas repondre|prefiero no|no deseo|prefiro nao|nao desejo|nao quero|i d rather not|id rather not|opt out of answering)\b/;
