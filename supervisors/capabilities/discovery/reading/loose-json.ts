/** Reading values of unknown shape: what has the wrong type counts as not there. Nothing here throws. */

export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields; none for anything else. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Text or a number as text, trimmed; "" for anything else. */
export const textOf = (value: unknown): string =>
  typeof value === "string"
    ? value.trim()
    : typeof value === "number" && Number.isFinite(value)
      ? String(value)
      : "";

/** The value at a path of field names and indexes, or undefined. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof key === "number" ? listOf(inner)[key] : isFields(inner) ? inner[key] : undefined),
    value,
  );

/** The first text that is not "". */
export const firstText = (...values: readonly unknown[]): string => {
  for (const value of values) {
    const text = textOf(value);
    if (text !== "") return text;
  }
  return "";
};

/** `true`, `false`, "true", "false"; null for anything else. */
export const flagOf = (value: unknown): boolean | null =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : null;

/** @returns undefined if it is no JSON. A mark of byte order and the guard against script inclusion are passed over. */
export function parseJson(body: string): unknown {
  const text = body.replace(/^\uFEFF/, "").replace(/^\)\]\}',?\s*/, "");
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No JSON is an answer here: many portals answer a program with a page.
  }
}
