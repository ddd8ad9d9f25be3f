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

let nobodys: Promise<string> | undefined;
const nobody = () => {
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
