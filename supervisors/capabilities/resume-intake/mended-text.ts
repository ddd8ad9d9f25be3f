/** Damage that files carry in them: text read in the wrong encoding once, and words whose letters are set apart. */

/** Windows-1252's letters that are not at their Latin-1 place. */
const windows = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const byteOf = (letter: string): number => {
  const at = windows.indexOf(letter);
  return at >= 0 ? 0x80 + at : letter.charCodeAt(0);
};
/** What UTF-8's first bytes, and then its further ones, look like in Windows-1252. */
const further = `[\u0080-\u00bf${windows}]`;
const garbled = new RegExp(
  `[\u00c2-\u00df]${further}|[\u00e0-\u00ef]${further}{2}|[\u00f0-\u00f4]${further}{3}`,
  "g",
);

/** "â€¢" is "•" again; what is no such damage stays as it is. */
export function withoutGarble(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text)) return text;
  return text.replace(garbled, (run) => {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from([...run].map(byteOf)));
    } catch {
      return run; // Real letters after all.
    }
  });
}

/**
 * "S K I L L S" is "SKILLS": four or more single letters in a row, which no sentence has. Where two blanks part the words
 * ("T O O L S  &  T E C H"), they part them still. Call it before blanks are joined.
 */
export function withoutSpacedLetters(text: string): string {
  return text.replace(/(?<!\S)(?:[\p{L}\p{N}&/,.-] {1,4}){3,}[\p{L}\p{N}&/,.-](?!\S)/gu, (run) => {
    if ((run.match(/\p{L}/gu)?.length ?? 0) < 4) return run;
    return run
      .split(/ {2,}/)
      .map((word) => word.replaceAll(" ", ""))
      .join(" ");
  });
}
