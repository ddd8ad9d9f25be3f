/**
 * An actor's address: `<kind>.<id>`, two single NATS tokens. Ids come from outside (job titles, e-mails) and are
 * encoded, never trusted: what is not a letter, digit, `_` or `-` becomes `=HH` per UTF-8 byte (also legal in KV keys).
 */

export const kinds = [
  "portal",
  "catalog",
  "matcher",
  "candidate",
  "application",
  "dispatcher",
  "employee",
  "incidents",
  "applier",
  "archivist",
  "pulse",
] as const;
export type Kind = (typeof kinds)[number];

/** `<kind>.<id>` with the id already encoded. */
export type Address = `${string}.${string}`;

/** Any text -> one subject token. An empty id has no address and is refused. */
export function encodeToken(id: string): string {
  if (id === "") throw new Error("An actor's id is empty: give it at least one character.");
  if (/^[A-Za-z0-9_-]+$/.test(id)) return id;
  let token = "";
  for (const byte of new TextEncoder().encode(id)) {
    const char = String.fromCharCode(byte);
    token += /[A-Za-z0-9_-]/.test(char) ? char : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return token;
}

/** The inverse of `encodeToken`; malformed escapes are kept as they stand. */
export function decodeToken(token: string): string {
  if (!token.includes("=")) return token;
  const bytes: number[] = [];
  for (let i = 0; i < token.length; i++) {
    const hex = token[i] === "=" ? token.slice(i + 1, i + 3) : "";
    if (/^[0-9A-F]{2}$/.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      i += 2;
    } else bytes.push(token.charCodeAt(i));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

export function addressOf(kind: string, id: string): Address {
  return `${kind}.${encodeToken(id)}`;
}

/** Splits an address; throws on anything that is not two tokens. */
export function parseAddress(address: string): { readonly kind: string; readonly id: string } {
  const dot = address.indexOf(".");
  const kind = address.slice(0, dot);
  const token = address.slice(dot + 1);
  if (dot < 1 || token === "" || token.includes("."))
    throw new Error(`"${address}" is no address: write <kind>.<id>, for example employee.ada.`);
  return { kind, id: decodeToken(token) };
}
