/** Words written alike, before anything is compared. */

/** Case, accents and punctuation gone; `+` and `#` stay, since C, C++ and C# are different work. */
export const plain = (text: string) =>
  text
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/[łŁ]/g, "l")
    .replace(/[æÆ]/g, "ae")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/['’`´]/g, "")
    .replace(/[^\p{L}\p{N}+#]+/gu, " ")
    .trim();

/** Where the work is done rather than what it is. On plain words. */
export const remoteMark =
  /\b(?:fully remote|100 remote|remote first|remote only|remotely|remote|home ?office|work from home|wfh|telecommute|hybrid|on ?site|in office|anywhere)\b/g;

/** "(m/f/d)", "m/w/d", "f/m/x", "all genders", with or without brackets. On text as it stands. */
export const genderMark =
  /[([]?\s*\b(?:[mwfdhxi](?:\s*[/|*,]\s*(?:[mwfdhxi]|div|diverse|gn|nb))+|all genders?|any gender|gn)\b\s*[)\]]?/gi;
