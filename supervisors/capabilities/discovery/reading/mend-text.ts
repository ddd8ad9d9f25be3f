/** UTF-8 that somebody read as Latin-1 or Windows-1252 ("MÃ¼nchen"), made whole again where there is no doubt. */

/** Windows-1252 has letters where Latin-1 has control characters. */
const windows1252 = new Map(
  Array.from(
    "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ",
    (char, i) => [char, 0x80 + i] as const,
  ),
);
const suspects = new RegExp(`[\\u0080-\\u00ff${[...windows1252.keys()].join("")}]{2,}`, "g");
const decoder = new TextDecoder("utf-8", { fatal: true });

export const mended = (text: string): string =>
  /[\u00c2-\u00f4]/.test(text) ? text.replace(suspects, wholeOf) : text;

function wholeOf(run: string): string {
  const bytes = Uint8Array.from(run, (char) => windows1252.get(char) ?? char.charCodeAt(0));
  try {
    const whole = decoder.decode(bytes);
    return [...whole].every(isPlausible) && !isChance(bytes) ? whole : run;
  } catch {
    return run; // Not UTF-8: it was right as it is.
  }
}

/** Letters that "CAFÉ »" would become are used by nobody who posts jobs: phonetic signs, accents alone, old scripts. */
const isPlausible = (char: string) =>
  !/[\u0180-\u036f\u0460-\u048f\u0492-\u052f\u0590-\u05cf\u0700-\u08ff\u{fffd}]/u.test(char);

/** "PÅ" before a no-break space: two bytes that happen to fit, without the usual leads C2 and C3. */
const isChance = (bytes: Uint8Array) => bytes.length === 2 && (bytes[0] ?? 0) > 0xc3 && bytes[1] === 0xa0;
