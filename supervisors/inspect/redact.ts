/**
 * What an actor holds, for the eyes of ops: structure, numbers, states and ids are what an operator needs; names, addresses,
 * answers and texts of people are not, and are replaced by their length.
 */
import type { Schema } from "effect";

const personal =
  /name|e-?mail|phone|address$|birth|answer|question|summary|letter|resume$|résumé|headline|text|message|description|profile|password|secret|token|cookie/i;
/** Ids and versions look like the above and are needed: "resumeVersion", "candidate", "machineName". */
const needed = /version|^id$|type$|state|status|reason|kind$/i;
const mailOrPhone = /[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d[\d ()/-]{7,}\d/;
const longest = 160;
const mostItems = 40;

export function redacted(value: unknown, key = ""): Schema.Json {
  if (typeof value === "string") return hidden(key, value) ? `▒ ${value.length} characters` : value;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  if (Array.isArray(value)) {
    const shown = value.slice(0, mostItems).map((item) => redacted(item, key));
    return value.length > mostItems ? [...shown, `… ${value.length - mostItems} more`] : shown;
  }
  if (typeof value !== "object" || value === undefined) return null;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, redacted(inner, innerKey(key, name))]),
  );
}

/** What stands below a personal field is personal whatever it is called itself. */
const innerKey = (key: string, name: string) =>
  personal.test(key) && !needed.test(key) && !needed.test(name) ? key : name;

const hidden = (key: string, text: string) =>
  text !== "" &&
  ((personal.test(key) && !needed.test(key)) || text.length > longest || mailOrPhone.test(text));
