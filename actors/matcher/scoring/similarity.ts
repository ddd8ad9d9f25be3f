/** How alike two sentences are in meaning, as the rules ask for it. */

/** The encoder's cosine of two sentences, about 0 (unrelated) to 1 (the same); 0 for a sentence that was not embedded. */
export type Similarity = (a: string, b: string) => number;

/** From what an `Embedder` gave for `sentences`, in the same order. */
export function similarityOf(
  sentences: readonly string[],
  vectors: readonly ArrayLike<number>[],
): Similarity {
  const byText = new Map(sentences.map((sentence, index) => [sentence, vectors[index] ?? []]));
  return (a, b) => {
    const [x, y] = [byText.get(a), byText.get(b)];
    if (x === undefined || y === undefined || x.length !== y.length) return 0;
    let sum = 0;
    for (let index = 0; index < x.length; index += 1) sum += (x[index] as number) * (y[index] as number);
    return Math.max(0, Math.min(1, sum));
  };
}
