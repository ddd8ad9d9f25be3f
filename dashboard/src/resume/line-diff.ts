/** Compares a list of lines with its base version: what stayed, what was reworded, what is new, what is gone. */

export type LineChange =
  | { readonly kind: "same"; readonly index: number; readonly text: string }
  | { readonly kind: "changed"; readonly index: number; readonly text: string; readonly base: string }
  | { readonly kind: "added"; readonly index: number; readonly text: string }
  /** `before`: the index in the current list in front of which the line stood. */
  | { readonly kind: "removed"; readonly before: number; readonly base: string };

/** Equal lines are matched by longest common subsequence; what is left between two matches is paired in order. */
export function diffLines(base: readonly string[], current: readonly string[]): LineChange[] {
  const changes: LineChange[] = [];
  let [b, c] = [0, 0];
  for (const [matchB, matchC] of [...commonLines(base, current), [base.length, current.length] as const]) {
    while (b < matchB && c < matchC)
      changes.push({ kind: "changed", index: c, text: current[c++] ?? "", base: base[b++] ?? "" });
    while (c < matchC) changes.push({ kind: "added", index: c, text: current[c++] ?? "" });
    while (b < matchB) changes.push({ kind: "removed", before: c, base: base[b++] ?? "" });
    if (c < current.length) changes.push({ kind: "same", index: c, text: current[c] ?? "" });
    b++;
    c++;
  }
  return changes;
}

/** Index pairs of a longest common subsequence. Lists are short (a résumé's bullet points), so the table is small. */
function commonLines(a: readonly string[], b: readonly string[]): Array<readonly [number, number]> {
  const width = b.length + 1;
  const lengths = new Array<number>((a.length + 1) * width).fill(0);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: Array<readonly [number, number]> = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
