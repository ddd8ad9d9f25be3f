/** Passwords: Argon2id, few at a time, since each takes 19 MiB and a core for some 30 ms. */
import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { Refusal } from "./problem.ts";

/** OWASP's recommendation for Argon2id. */
const settings = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const mostAtOnce = 2;
/** Beyond this many in the queue a login would take longer than a person waits. */
const mostWaiting = 100;

let running = 0;
const queue: (() => void)[] = [];

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= mostAtOnce) {
    if (queue.length >= mostWaiting)
      throw new Refusal(503, "Busy", "Too many people sign in right now. Try again in a minute.", {
        "retry-after": "30",
      });
    await new Promise<void>((resolve) => queue.push(resolve));
  }
  running++;
  try {
    return await work();
  } finally {
    running--;
    queue.shift()?.();
  }
};

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, settings));

/** Takes as long for an account that does not exist: `null` is compared with a hash that nobody's password has. */
export const passwordFits = async (stored: string | null, password: string): Promise<boolean> => {
  const against = stored ?? (await nobody());
  const fits = await inTurn(() => verify(against, password));
  return fits && stored !== null;
};

const least = 12;

/**
 * What is refused as one's own password: what is short, or has the person's name or e-mail or ours in it, or is one thing repeated.
 * No rules about kinds of characters: they make passwords worse.
 * @throws Refusal 422
 */
export const requireGoodPassword = (
  password: string,
  me: { readonly email: string; readonly name: string },
) => {
  const refuse = (why: string) => {
    throw new Refusal(422, "WeakPassword", why);
  };
  if ([...password].length < least)
    refuse(`A password has at least ${least} characters: a sentence that only you know is good.`);
  const lower = password.toLowerCase();
  const known = [me.email, me.email.slice(0, me.email.indexOf("@")), me.name, "callboard", "password"];
  for (const word of known.map((one) => one.toLowerCase()))
    if (word.length >= 4 && lower.includes(word))
      refuse("Others could guess it: leave your name, your e-mail and words like callboard out of it.");
  if (new Set(lower).size < 5) refuse("Others could guess it: use more than a few different characters.");
};

let nobodys: Promise<string> | undefined;
/** Made before the first login, which would else take twice as long if it is nobody's. */
export const nobody = (): Promise<string> => {
  nobodys ??= hashPassword(randomBytes(16).toString("hex"));
  return nobodys;
};

/** Readable, and 80 bits: four groups of four letters and digits that can't be mistaken for each other. */
export const freshPassword = (): string => {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const bytes = randomBytes(64).filter((byte) => byte < 248); // A multiple of 31, so that all are equally likely.
  const chars = [...bytes.subarray(0, 16)].map((byte) => letters[byte % letters.length]);
  return chars.join("").replace(/(....)(?=.)/g, "$1-");
};
