/** Slows down who guesses passwords: after a few failures for one e-mail from one address, it has to wait. */
import { Refusal } from "./problem.ts";

const windowMs = 15 * 60_000;
/** A person mistypes three times; the fifth failure closes the door for the rest of the window. */
const mostPerPair = 5;
/** Many people share an office's address; a list of stolen passwords has thousands. */
const mostPerAddress = 100;
const mostKept = 20_000;

export interface Throttle {
  /** @throws Refusal 429 */
  check(email: string, address: string): void;
  failed(email: string, address: string): void;
  succeeded(email: string, address: string): void;
}

export const loginThrottle = (now: () => number = Date.now): Throttle => {
  const failures = new Map<string, { count: number; since: number }>();
  const entryOf = (key: string) => {
    const entry = failures.get(key);
    return entry && now() - entry.since < windowMs ? entry : { count: 0, since: now() };
  };
  const keys = (email: string, address: string) =>
    [
      [`${email.toLowerCase()} ${address}`, mostPerPair],
      [address, mostPerAddress],
    ] as const;
  return {
    check: (email, address) => {
      for (const [key, most] of keys(email, address)) {
        const { count, since } = entryOf(key);
        if (count < most) continue;
        const seconds = Math.ceil((since + windowMs - now()) / 1_000);
        throw new Refusal(
          429,
          "TooManyTries",
          `Too many failed tries. Wait ${Math.ceil(seconds / 60)} minutes and try again.`,
          { "retry-after": String(seconds) },
        );
      }
    },
    failed: (email, address) => {
      for (const [key] of keys(email, address)) {
        const { count, since } = entryOf(key);
        failures.delete(key);
        failures.set(key, { count: count + 1, since });
      }
      for (const key of failures.keys()) {
        if (failures.size <= mostKept) break;
        failures.delete(key);
      }
    },
    succeeded: (email, address) => void failures.delete(`${email.toLowerCase()} ${address}`),
  };
};
