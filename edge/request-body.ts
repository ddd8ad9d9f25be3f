/** A request's body: read within bounds, and JSON that can't harm who works with it. */
import type { HttpResponse } from "uWebSockets.js";
import { Refusal } from "./problem.ts";

/** All bodies that are being read, together: what a burst of uploads may cost. */
const mostInFlight = 64 * 1024 * 1024;
let inFlight = 0;

/** Reads the whole body; the rest of one that is too long is dropped as it comes. */
export function readBody(res: HttpResponse, most: number): { body: Promise<Buffer>; drop: () => void } {
  const chunks: Buffer[] = [];
  let length = 0;
  let held = 0;
  let dropped = false;
  const drop = () => {
    dropped = true;
    inFlight -= held;
    held = 0;
    chunks.length = 0;
  };
  const body = new Promise<Buffer>((resolve, reject) => {
    res.onData((chunk, isLast) => {
      length += chunk.byteLength;
      if (length > most) {
        drop();
        reject(new Refusal(413, "TooLarge", `That is too much: at most ${most} bytes.`));
      } else if (!dropped) {
        if (inFlight + chunk.byteLength > mostInFlight) {
          drop();
          reject(new Refusal(503, "Busy", "Too much is being sent right now. Try again in a minute."));
          return;
        }
        held += chunk.byteLength;
        inFlight += chunk.byteLength;
        chunks.push(Buffer.from(Buffer.from(chunk))); // Copied: uWebSockets takes its memory back.
        if (isLast) {
          const whole = Buffer.concat(chunks);
          drop();
          resolve(whole);
        }
      }
    });
  });
  return { body, drop };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function jsonOf(body: Buffer, contentType: string): unknown {
  if (!/^application\/json\b/i.test(contentType))
    throw new Refusal(415, "NotJson", 'Send JSON, with the header "content-type: application/json".');
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body));
  } catch {
    throw new Refusal(400, "BadRequest", "The body is no valid JSON in UTF-8.");
  }
  const harm = harmIn(value);
  if (harm !== null) throw new Refusal(400, "BadRequest", `The body is not as it must be: ${harm}.`);
  return value;
}

const loneSurrogate = /\p{Surrogate}/u;
/** A résumé has five levels. */
const deepest = 32;

/**
 * What makes JSON dangerous further in: nesting that overflows a stack, names that reach an object's prototype, text that a
 * database can't hold. Looked for without recursion. @returns what is wrong, or null
 */
export function harmIn(value: unknown): string | null {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: here, depth } = next;
    if (typeof here === "string") {
      if (here.includes("\0")) return "it has a NUL character in a text";
      if (loneSurrogate.test(here)) return "it has half a character (a lone surrogate) in a text";
    }
    if (typeof here !== "object" || here === null) continue;
    if (depth >= deepest) return `it is nested deeper than ${deepest} levels`;
    if (Array.isArray(here)) for (const item of here) open.push({ value: item, depth: depth + 1 });
    else
      for (const [key, item] of Object.entries(here)) {
        if (key === "__proto__" || key === "constructor" || key === "prototype")
          return `it has a field named ${key}`;
        if (key.includes("\0") || loneSurrogate.test(key)) return "it has a field whose name is no text";
        open.push({ value: item, depth: depth + 1 });
      }
  }
  return null;
}
