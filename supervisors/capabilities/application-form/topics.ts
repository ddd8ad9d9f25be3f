/**
 * What a field asks for, told by its words in the languages that forms come in (English, German, French, Spanish, Portuguese).
 * A topic is either the person's own data (from the résumé) or something only the person may answer.
 */
import type { FormField } from "./form-field.ts";
import { sameText } from "./same-question.ts";
import { type SensitiveTopic, sensitiveTopicOf } from "./sensitive-topics.ts";

export type OwnTopic =
  | "firstName"
  | "lastName"
  | "middleName"
  | "preferredName"
  | "fullName"
  | "email"
  | "phone"
  | "phoneCountry"
  | "street"
  | "street2"
  | "city"
  | "region"
  | "postalCode"
  | "country"
  | "location"
  | "linkedin"
  | "github"
  | "twitter"
  | "website"
  | "otherLink"
  | "currentCompany"
  | "currentTitle"
  | "headline"
  | "summary"
  | "skills"
  | "languages"
  | "coverLetter"
  | "resume"
  | "school"
  | "degree"
  | "discipline"
  | "grade"
  | "educationStart"
  | "educationEnd"
  | "jobTitle"
  | "jobCompany"
  | "jobLocation"
  | "jobCurrent"
  | "jobStart"
  | "jobEnd"
  | "jobDescription";
export type Topic = OwnTopic | SensitiveTopic;

/** Somebody else's name, phone or address: nothing of the candidate's goes there. */
const otherPerson =
  /\b(?:referee|referrer|referred|references?|referenz\w*|emergency|notfall\w*|supervisors?|line manager|managers?|recruiters?|spouse|partner|parents?|guardian|friends?|colleagues?|kontaktperson|vorgesetzt\w*|employees?|relative|contact person|empleado|parrain)\b/;

/** The whole of a short label. */
const labels: readonly (readonly [OwnTopic, RegExp])[] = [
  [
    "preferredName",
    /^(?:preferred|chosen|nick|goes by) ?(?:first )?(?:name)$|^(?:preferred first name|what should we call you|rufname|nom d usage|nombre preferido|nome preferido|nome social|prenom usuel|nickname)\b/,
  ],
  [
    "firstName",
    /^(?:applicants? |candidates? |legal |your |name )*(?:first|given|fore) ?names?\b|^vornamen?\b|^prenoms?\b|^(?:primer )?nombres?(?: de pila)?$|^primeiro nome$|^nome proprio$|^voornaam$|^nome$/,
  ],
  [
    "middleName",
    /^(?:your )?middle (?:name|initial)|^zweiter vorname|^deuxieme prenom|^segundo nombre|^nome do meio/,
  ],
  [
    "lastName",
    /^(?:applicants? |candidates? |legal |your |name )*(?:last|family|sur) ?names?\b|^nachnamen?\b|^familiennamen?\b|^nom(?: de famille)?$|^apellidos?\b|^(?:sobrenome|ultimo nome|apelido)s?\b|^achternaam$|^cognome$/,
  ],
  [
    "fullName",
    /^(?:your |full |legal |preferred |complete |candidates? |applicants? )*names?(?: (?:first|in full|as it appears|surname).*)?$|^full name|^(?:vor und nachname|vollstandiger name|ihr name|name vorname)|^nom (?:complet|et prenom)|^prenom et nom|^(?:nombre (?:completo|y apellidos?)|nome completo)|^first (?:and|name and) last name|^naam$/,
  ],
  [
    "email",
    /^(?:your |primary |personal |contact |preferred |confirm |re enter |repeat |verify |business )*(?:e ?mail|mail)(?: ?adress?e?| address| id)?(?: address| confirmation)?(?: (?:bestatigen|wiederholen|again|confirm))?$|^(?:e mail|email)(?: adresse)?$|^(?:adresse|confirmez?|confirmation|confirmer)(?: de)?(?: l| votre)?(?: adresse)? (?:e ?mail|mail|courriel|electronique|de messagerie).*|^courriel$|^(?:correo(?: electronico)?|direccion de correo.*|confirmar? (?:el )?(?:correo|e ?mail).*|confirme (?:o |seu )?e ?mail|endereco de e ?mail)$|^e ?mail\b(?!.*\b(?:alert|newsletter|market|updates?)\b).{0,25}$/,
  ],
  [
    "phoneCountry",
    /^(?:country|international|phone) ?(?:code|prefix|dial(?:l?ing)? code|calling code|country code|country)(?: phone)?$|\b(?:phone|dial(?:l?ing)?|calling) (?:country )?code\b|^landervorwahl|^vorwahl$|^indicatif|^prefijo|^codigo (?:de )?pais|^ddi$|^(?:telefon ?)?landesvorwahl/,
  ],
  [
    "phone",
    /^(?:your |primary |best |contact |daytime )*(?:phone|mobile|cell|telephone|tel|telefon|handy|mobil|whatsapp|contact)(?: ?(?:phone|telephone|nummer|number|no|num|cell))*(?: number| nr)?(?: \d+ digits| with .*| including .*| incl .*| optional)?$|^telefonnummer|^mobilnummer|^handynummer|^(?:numero de )?(?:telephone|telefono|telefone|portable|celular|movil|telemovel|mobile)\b.{0,25}$|^(?:n|no|num) ?(?:de )?(?:telephone|telefono|telefone)|^celular\b|^rufnummer/,
  ],
  ["linkedin", /\blinked ?in\b/],
  ["github", /\bgit ?hub\b/],
  ["twitter", /^(?:twitter|x)(?: (?:profile|handle|url|link|twitter))*$|^twitter\b/],
  [
    "otherLink",
    /^(?:other|additional|weitere|andere|autres?|otros?|outros?) (?:web ?sites?|links?|urls?|liens?|enlaces?|sites?)\b/,
  ],
  [
    "website",
    /^(?:your |personal |professional )*(?:web ?site|web ?page|homepage|home page|portfolio|blog|url|site)(?: ?(?:or|and|blog|link|url|address|website|portfolio|personal|web))*$|^(?:webseite|internetseite|personliche webseite|site (?:web|internet|pessoal)|sitio web|pagina (?:web|personal)|lien (?:vers )?(?:votre )?portfolio|link (?:do|para o|to your) portfolio|portfolio)\b.{0,20}$/,
  ],
  [
    "currentCompany",
    /^(?:your )?(?:current|most recent|latest|present|last|current or (?:most recent|last|previous)) (?:or (?:most recent|last|previous) )?(?:company|employer|organi[sz]ation|workplace)(?: name)?$|^(?:derzeitiger|aktueller|aktuelles?|jetziger) (?:arbeitgeber|unternehmen|firma)|^aktuelle firma|^(?:entreprise|employeur|societe) actuel|^(?:empresa|empleador|empregador) (?:actual|atual)|^organi[sz]ation$|^company(?: name)?$|^employer$|^arbeitgeber$/,
  ],
  [
    "currentTitle",
    /^(?:your )?(?:current|most recent|latest|present|last|current or (?:most recent|last|previous)) (?:or (?:most recent|last|previous) )?(?:job |position )?(?:title|position|role|occupation)(?: title)?$|^(?:job title|aktuelle (?:position|stelle|tatigkeit)|derzeitige (?:position|tatigkeit)|poste (?:actuel|occupe)|intitule du poste|(?:puesto|cargo) (?:actual|atual)|occupation)$/,
  ],
  ["headline", /^(?:headline|professional headline|tagline|professional title)$/],
  [
    "summary",
    /^(?:professional |personal |career |profile )?(?:summary|about (?:me|you|yourself)|bio|biography|profil|profile|kurzprofil|uber mich|resumo(?: profissional)?|a propos(?: de vous)?|sobre (?:mi|mim|voce|ti))$/,
  ],
  [
    "skills",
    /^(?:key |top |technical |your )*skills$|^(?:type to add skills|fahigkeiten|kenntnisse|competences|habilidades|competencias)$/,
  ],
  [
    "languages",
    /^(?:spoken |foreign )?languages(?: spoken| you speak)?$|^(?:which|what) languages do you speak|^(?:fremd)?sprach(?:en|kenntnisse)$|^langues(?: parlees)?$|^idiomas?$|^linguas?$/,
  ],
  [
    "street2",
    /^(?:street )?address (?:line )?2\b|^(?:apartment|apt|suite|unit|adresszusatz|complement)\b.{0,30}$/,
  ],
  [
    "street",
    /^(?:street|current|home|mailing|postal|residential|permanent|your)? ?address(?: line)?(?: 1)?$|^street(?: and (?:house )?(?:number|no))?$|^(?:stra(?:ß|ss)e|anschrift|adresse|adresse postale|rue|direccion|domicilio|calle|endereco|morada|rua|logradouro)\b.{0,25}$/,
  ],
  [
    "city",
    /^(?:current |home |your )?(?:city|town)(?: of residence| town| or town)?$|^(?:location|current location) city$|^(?:stadt|wohnort|ort|ville|ciudad|cidade|localidad|localidade|municipio)(?: de (?:residence|residencia))?$|^(?:in )?(?:which|what) city (?:do you live|are you (?:based|located))(?: in)?$/,
  ],
  [
    "postalCode",
    /^(?:postal|post|zip|zip postal)(?: ?code)?(?: zip| postal code)?$|^(?:plz|postleitzahl|code postal|codigo postal|cep|postcode)$/,
  ],
  [
    "country",
    /^(?:current |home |your )?country(?: (?:of residence|region|name|territory))?$|^(?:land|wohnsitzland|staat|pays(?: de residence)?|pais(?: de residencia)?)$|^(?:in )?(?:which|what) country (?:do you (?:currently )?(?:live|reside)|are you (?:currently )?(?:based|located))(?: in)?$/,
  ],
  [
    "region",
    /^(?:state|province|region|county|state province|state region|province state|state or province|bundesland|kanton|departement|provincia|estado|distrito|uf)$/,
  ],
  [
    "location",
    /^(?:your |current |home |primary )*(?:location|residence|place of residence)(?: (?:city|country|city country|city state|city state country|city and country|of residence))*$|^where (?:are you (?:currently )?(?:based|located|living)|do you (?:currently )?live)\b.{0,20}$|^(?:standort|aktueller (?:wohn|stand)ort|lieu de residence|localisation|ubicacion(?: actual)?|localizacao(?: atual)?|lugar de residencia|city (?:and |state |state and )*country|city state)$/,
  ],
];

const coverLetter =
  /\b(?:cover(?:ing)? letter|letter of (?:motivation|interest)|motivation(?:al)? letter|anschreiben|motivationsschreiben|lettre de motivation|carta de (?:presentacion|apresentacao|motivacion|motivacao))\b/;
const resume = /\b(?:resumes?|cvs?|curriculum(?: vitae)?|lebenslauf|curriculo)\b/;

/** Within blocks of schools and of jobs the same words mean other things. */
const schoolSection =
  /\b(?:education|educations|ausbildung|bildung|studium|formation|etudes|educacion|formacion|educacao|formacao|schools?|university)\b/;
const jobSection =
  /\b(?:work (?:experience|history)|workexperience|experience|employment(?: history)?|employments|berufserfahrung|werdegang|experience professionnelle|experiencias?(?: laboral| profissional)?|positions?)\b/;
const starts = /\b(?:start|starting|from|begin|beginn|von|debut|inicio|desde|since|seit)\b/;
const ends =
  /\b(?:end|ending|to|until|ende|bis|fin|fim|hasta|graduat\w*|completion|completed|abschluss(?:datum|jahr))\b/;
const inBlock: Readonly<Record<"school" | "job", readonly (readonly [OwnTopic, RegExp])[]>> = {
  school: [
    [
      "discipline",
      /\b(?:discipline|major|field of study|area of study|subject|course|studiengang|fachrichtung|studienfach|filiere|domaine|especialidad|area|carrera|curso)\b/,
    ],
    [
      "degree",
      /\b(?:degree|qualification|level|abschluss|diplome|titulo|grado|grau|titulacion|study type)\b/,
    ],
    [
      "school",
      /\b(?:school|university|college|institution|institute|hochschule|universitat|schule|ecole|etablissement|universite|universidad|universidade|institucion|instituicao|escuela|escola)\b/,
    ],
    ["grade", /\b(?:gpa|grade|score|note)\b/],
  ],
  job: [
    ["jobCurrent", /\b(?:current(?:ly)?|present|derzeit|aktuell|actuel\w*|actualmente|atual\w*)\b/],
    [
      "jobDescription",
      /\b(?:description|responsibilit\w*|duties|summary|achievements|aufgaben|tatigkeiten|beschreibung|descripcion|descricao)\b/,
    ],
    ["jobTitle", /\b(?:title|position|role|stelle|poste|puesto|cargo)\b/],
    [
      "jobCompany",
      /\b(?:company|employer|organi[sz]ation|arbeitgeber|firma|unternehmen|entreprise|employeur|empresa|empleador)\b/,
    ],
    ["jobLocation", /\b(?:location|city|ort|lieu|ubicacion|local)\b/],
  ],
};
/** Asked outside of a block too. */
const schoolAlone: readonly (readonly [OwnTopic, RegExp])[] = [
  [
    "school",
    /^(?:name of )?(?:your )?(?:school|university|college|institution|alma mater|hochschule|universitat|universite|universidad|universidade)(?: name| attended| or university)?$/,
  ],
  [
    "degree",
    /^(?:highest |your )*(?:degree|level of education|education level|qualification)(?: obtained| attained| completed| earned)?$|^(?:hochster (?:bildungs)?abschluss|niveau d etudes|nivel de estudios|escolaridade)$|^(?:what is your )?highest (?:level of )?(?:education|degree|academic)\b.{0,40}$/,
  ],
  [
    "discipline",
    /^(?:field of study|major|discipline|studiengang|fachrichtung|area of study|area de estudo)$/,
  ],
];

const tokens: Readonly<Record<string, OwnTopic | SensitiveTopic>> = {
  "given-name": "firstName",
  "additional-name": "middleName",
  "family-name": "lastName",
  name: "fullName",
  nickname: "preferredName",
  email: "email",
  tel: "phone",
  "tel-national": "phone",
  "tel-country-code": "phoneCountry",
  "street-address": "street",
  "address-line1": "street",
  "address-line2": "street2",
  "address-level2": "city",
  "address-level1": "region",
  "postal-code": "postalCode",
  country: "country",
  "country-name": "country",
  organization: "currentCompany",
  "organization-title": "currentTitle",
  url: "website",
  bday: "dateOfBirth",
  "bday-day": "dateOfBirth",
  "bday-month": "dateOfBirth",
  "bday-year": "dateOfBirth",
  sex: "gender",
};

/** What the control's own name says, once its words are apart; only looked at where the label says nothing. */
const named = (name: string) =>
  sameText(name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_\-.[\]:]+/g, " "))
    .replace(
      /\b(?:job application|applicant|candidate|application|question|field|input|answers? attributes|text value|user|form|systemfield|system|data|profile|personal|urls?|\d+)\b/g,
      " ",
    )
    .replace(/\b(?:fname|firstname)\b/, "first name")
    .replace(/\b(?:lname|lastname|surname)\b/, "last name")
    .replace(/\bfullname\b/, "full name")
    .replace(/\borg\b/, "current company")
    .replace(/\s+/g, " ")
    .trim();

const firstOf = (list: readonly (readonly [OwnTopic, RegExp])[], words: string): OwnTopic | null =>
  list.find(([, pattern]) => pattern.test(words))?.[0] ?? null;

/** Which block a field stands in, by its headings and its name. */
function blockOf(field: FormField): "school" | "job" | null {
  const nearest = field.section.split(" / ").map(sameText);
  for (const heading of nearest) {
    if (schoolSection.test(heading)) return "school";
    if (jobSection.test(heading)) return "job";
  }
  const own = named(field.name);
  return /\b(?:educations?|schools?)\b/.test(own)
    ? "school"
    : /\b(?:work experience|employments?|positions?)\b/.test(own)
      ? "job"
      : null;
}

function inBlockTopic(field: FormField, block: "school" | "job"): OwnTopic | null {
  // "Type to Add Skills" is no date.
  const words = sameText(field.label)
    .replace(/\b(?:type|typing|click|press|select|search|scroll) to \w+/g, " ")
    .trim();
  const date =
    /\b(?:month|year|date|day|monat|jahr|datum|mois|annee|mes|ano|dia|jour|fecha|data|from|to|von|bis|start|end|mm|yyyy)\b/;
  if (
    field.kind !== "checkbox" &&
    (field.kind === "spin" || date.test(words) || field.type === "month" || field.type === "date")
  ) {
    // "Month" alone says nothing: its legend does.
    const when =
      starts.test(words) || ends.test(words) ? words : sameText(field.section.split(" / ")[0] ?? "");
    const [start, end] =
      block === "school" ? (["educationStart", "educationEnd"] as const) : (["jobStart", "jobEnd"] as const);
    if (starts.test(when)) return start;
    if (ends.test(when)) return end;
    return block === "school" && /\b(?:year|jahr|annee|ano)\b/.test(when) ? end : null;
  }
  const found = firstOf(inBlock[block], words) ?? firstOf(inBlock[block], named(field.name));
  if (found === "jobCurrent") return field.kind === "checkbox" ? found : firstOf(inBlock.job.slice(1), words);
  return found;
}

/** @returns the topic; null for what is a question of its own. */
export function topicOf(field: FormField): Topic | null {
  const label = sameText(field.label);
  const sensitive = sensitiveTopicOf(field);
  if (sensitive !== null) return sensitive;
  if (otherPerson.test(label)) return null;
  if (field.kind === "file") {
    const words = `${label} ${named(field.name)}`;
    return coverLetter.test(words) ? "coverLetter" : resume.test(words) ? "resume" : null;
  }
  if (field.kind === "checkbox" && blockOf(field) !== "job") return null;
  const block = blockOf(field);
  if (block !== null) {
    const inside = inBlockTopic(field, block);
    if (inside !== null) return inside;
  }
  if (coverLetter.test(label)) return "coverLetter";
  if (field.kind === "textarea" && resume.test(label) && label.split(" ").length <= 6) return "resume";
  const short = label.split(" ").length <= 9;
  const byLabel = short ? (firstOf(labels, label) ?? firstOf(schoolAlone, label)) : null;
  // "Nome" and "Nom" are the whole name where nothing else asks for the rest; that is decided by who sees all fields.
  if (byLabel !== null) return byLabel;
  const token = tokens[field.autocomplete.toLowerCase().split(/\s+/).at(-1) ?? ""];
  if (token !== undefined) return token;
  if (field.type === "email") return "email";
  if (field.type === "tel") return "phone";
  // A question of its own is not answered by what its control happens to be called.
  return field.from === "name" || field.from === "placeholder" || label.split(" ").length <= 2
    ? (firstOf(labels, named(field.name)) ?? firstOf(labels, sameText(field.hint)))
    : null;
}
