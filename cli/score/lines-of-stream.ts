/** A stream of bytes as lines of text, in bounded memory. */

/** Yields null in place of a line of more than `longest` bytes. Lines end with "\n"; a byte order mark is dropped. */
export async function* linesOfStream(
  stream: AsyncIterable<Buffer | string>,
  longest: number,
): AsyncGenerator<string | null> {
  let held: Buffer[] = [];
  let bytes = 0;
  const line = () => {
    const text = bytes > longest ? null : Buffer.concat(held).toString("utf8");
    held = [];
    bytes = 0;
    return text?.replace(/^\ufeff/, "") ?? text;
  };
  const hold = (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > longest) held = [];
    else if (piece.length > 0) held.push(piece);
  };
  for await (const chunk of stream) {
    const piece = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    let at = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, at)) {
      hold(piece.subarray(at, end));
      yield line();
      at = end + 1;
    }
    hold(piece.subarray(at));
  }
  if (bytes > 0) yield line();
}
