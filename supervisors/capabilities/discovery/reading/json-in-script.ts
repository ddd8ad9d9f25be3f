/** A value that a page hands to its own scripts: `window.pageData = {…};`, `providerData["jobcards"]={…}`. */
import { parseJson } from "./loose-json.ts";

/** @returns the JSON value after the first place where `marker` is followed by one, or undefined */
export function jsonAfter(body: string, marker: RegExp): unknown {
  const pattern = new RegExp(marker.source, `${marker.flags.replace("g", "")}g`);
  for (let tries = 0; tries < 20; tries++) {
    const found = pattern.exec(body);
    if (found === null) return undefined;
    const start = found.index + found[0].length;
    const lead = /^\s*(?:=|:)?\s*(?=[[{])/.exec(body.slice(start, start + 50));
    if (lead === null) continue;
    const from = start + lead[0].length;
    const end = endOfValue(body, from);
    if (end === null) continue;
    const value = parseJson(body.slice(from, end));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Where the object or array that begins here ends: brackets counted, strings passed over. */
function endOfValue(body: string, from: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = from; at < body.length; at++) {
    const char = body[at];
    if (inString) {
      if (char === "\\") at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") depth++;
    else if ((char === "}" || char === "]") && --depth === 0) return at + 1;
  }
  return null;
}
