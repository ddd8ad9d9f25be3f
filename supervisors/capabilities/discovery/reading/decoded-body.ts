/** A saved answer's bytes as text, by its mark of byte order, by what it says of itself, else as UTF-8. */
export function decodedBody(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const start = Buffer.from(bytes.subarray(0, 2_000)).toString("latin1");
  const said =
    /<\?xml[^>]{0,100}\bencoding=["']([\w-]{2,20})|<meta[^>]{0,100}\bcharset=["']?([\w-]{2,20})/i.exec(start);
  const name =
    a === 0xff && b === 0xfe
      ? "utf-16le"
      : a === 0xfe && b === 0xff
        ? "utf-16be"
        : (said?.[1] ?? said?.[2] ?? "utf-8");
  // What says that it is Latin-1 and is well-formed UTF-8 was saved again by somebody.
  for (const encoding of ["utf-8", name])
    try {
      return new TextDecoder(encoding, { fatal: encoding === "utf-8" && name !== "utf-8" }).decode(bytes);
    } catch {
      // Not in this one, or nobody knows it: the next.
    }
  return new TextDecoder().decode(bytes);
}
