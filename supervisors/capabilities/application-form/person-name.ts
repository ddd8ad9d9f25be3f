/** A person's name in the parts that forms ask for. Names are not always two words; what the candidate says about theirs wins. */

export interface NameParts {
  readonly full: string;
  readonly given: string;
  readonly family: string;
  /** Between the two; part of `given` where no field asks for it. */
  readonly middle: string;
}

const particles = new Set(
  "de da do dos das del della di du la le van von vom zu zur der den ten ter bin ibn al el st st. san mac af av y e".split(
    " ",
  ),
);
const titles = /^(?:dr|prof|mr|mrs|ms|mx|herr|frau|ing|dipl)\.?$/i;
const endings = /^(?:jr|sr|ii|iii|iv|phd|md|mba|cpa|esq|msc|bsc)\.?$/i;
/** Where people have two family names, the mother's and the father's. */
const twoFamilyNames = new Set("ES MX AR CO PE CL VE EC GT CU BO DO HN PY SV NI CR PA UY PR".split(" "));

/**
 * @param name as the résumé has it: "Ada de la Cruz", "Watson, Mary Jane", "Dr. José García López"
 * @param country two letters, or "" if unknown
 */
export function nameParts(name: string, country = ""): NameParts {
  const comma = /^([^,]+),\s*([^,]+)$/.exec(name.trim());
  const written = comma && !endings.test((comma[2] ?? "").trim()) ? `${comma[2]} ${comma[1]}` : name.trim();
  const words = written.replace(/,/g, " ").split(/\s+/).filter(Boolean);
  while (words.length > 1 && titles.test(words[0] ?? "")) words.shift();
  while (words.length > 1 && endings.test(words.at(-1) ?? "")) words.pop();
  const full = words.join(" ");
  if (words.length < 2) return { full, given: full, family: "", middle: "" };
  if (comma && written !== name.trim()) {
    const given = words.slice(0, words.length - (comma[1] ?? "").trim().split(/\s+/).length);
    return {
      full,
      given: given[0] ?? "",
      family: words.slice(given.length).join(" "),
      middle: given.slice(1).join(" "),
    };
  }
  const particle = words.findIndex(
    (word, i) => i > 0 && i < words.length - 1 && particles.has(word.toLowerCase()) && /^\p{Ll}/u.test(word),
  );
  const last =
    particle > 0
      ? particle
      : twoFamilyNames.has(country) && words.length >= 3
        ? words.length - 2
        : words.length - 1;
  return {
    full,
    given: words[0] ?? "",
    middle: words.slice(1, last).join(" "),
    family: words.slice(last).join(" "),
  };
}

/** The given names without a middle initial, for a form that has one field for them. */
export const givenNames = ({ given, middle }: NameParts) =>
  [given, ...middle.split(" ").filter((word) => word !== "" && !/^\p{L}\.?$/u.test(word))].join(" ");
