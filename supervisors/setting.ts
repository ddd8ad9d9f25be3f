/** One setting: its environment variable, how it is read, and what a person needs to know to set it. */
import { Config, ConfigProvider, Effect, type Redacted, Result, Schema } from "effect";

export interface Setting<T> {
  /** The environment variable. */
  readonly variable: string;
  /** How the text of the variable becomes a value; refuses what is not allowed. */
  readonly read: Config.Config<T>;
  /** What holds when the variable is not set or empty. */
  readonly fallback: T;
  /** "ms", "%", or "" where the value is no quantity. */
  readonly unit: string;
  /** Completes the sentence "allowed is ...". */
  readonly allowed: string;
  /** What it decides, and why this default. */
  readonly why: string;
}

/** The start stops with `message`: one line that names the variable, what was given and what is allowed. */
export class ConfigProblem extends Error {
  override readonly name = "ConfigProblem";
}

type Details = { unit?: string; why: string };

/** A whole number from `least` to `most`. */
export const wholeNumber = (
  variable: string,
  fallback: number,
  range: { least: number; most: number },
  details: Details,
): Setting<number> => ({
  variable,
  read: Config.schema(
    Schema.FiniteFromString.check(
      Schema.isInt(),
      Schema.isBetween({ minimum: range.least, maximum: range.most }),
    ),
    variable,
  ),
  fallback,
  unit: details.unit ?? "",
  allowed: `a whole number from ${range.least} to ${range.most}`,
  why: details.why,
});

/** A TCP port. */
export const port = (variable: string, fallback: number, details: Details): Setting<number> =>
  wholeNumber(variable, fallback, { least: 1, most: 65_535 }, details);

/** One of a few words. */
export const oneOf = <const L extends readonly [string, ...string[]]>(
  variable: string,
  words: L,
  fallback: L[number],
  details: Details,
): Setting<L[number]> => ({
  variable,
  read: Config.Literals(words, variable),
  fallback,
  unit: "",
  allowed: `one of ${words.join(", ")}`,
  why: details.why,
});

/** What a text must look like, and the same in words. */
export interface Shape {
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** Text that matches `shape` as a whole. */
export const text = <T extends string | undefined>(
  variable: string,
  fallback: T,
  shape: Shape,
  details: Details,
): Setting<string | T> => ({
  variable,
  read: Config.schema(Schema.String.check(Schema.isPattern(shape.pattern)), variable),
  fallback,
  unit: "",
  allowed: shape.allowed,
  why: details.why,
});

/** A list separated by commas, each of `shape`; not set means "no choice made", which is not the same as an empty list. */
export const list = (
  variable: string,
  shape: Shape,
  details: Details,
): Setting<readonly string[] | undefined> => ({
  variable,
  read: Config.String(variable).pipe(
    Config.map((given) => given.split(",").map((word) => word.trim())),
    Config.mapEffect((given) =>
      Schema.decodeUnknownEffect(Schema.Array(Schema.String.check(Schema.isPattern(shape.pattern))))(
        given,
      ).pipe(Effect.mapError((error) => new Config.ConfigError(error))),
    ),
  ),
  fallback: undefined,
  unit: "",
  allowed: shape.allowed,
  why: details.why,
});

/** A password or key: printed as `<redacted>` wherever it turns up, and never repeated in an error. */
export const secret = (
  variable: string,
  details: Details,
): Setting<Redacted.Redacted<string> | undefined> => ({
  variable,
  read: Config.Redacted(variable),
  fallback: undefined,
  unit: "",
  allowed: "any text",
  why: details.why,
});

/** The settings' values, under the same names. */
export type Values<S extends Record<string, Setting<unknown>>> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Error lines end up in logs: a password that stands in an address must not. */
const withoutPassword = (given: string): string => given.slice(0, 200).replace(/\/\/[^/@\s]*@/g, "//***@");

/** Reads one setting. Throws {@link ConfigProblem}. */
export const readSetting = <T>(setting: Setting<T>, env: Record<string, string | undefined>): T => {
  const given = env[setting.variable];
  if (given === undefined || given === "") return setting.fallback;
  const result = Effect.runSync(Effect.result(setting.read.parse(ConfigProvider.fromEnvRecord(env))));
  if (Result.isSuccess(result)) return result.success;
  const fallback = setting.fallback === undefined ? "nothing" : String(setting.fallback);
  const quantity = setting.unit === "" ? "" : `, in ${setting.unit}`;
  throw new ConfigProblem(
    `${setting.variable} is ${JSON.stringify(withoutPassword(given))}; allowed is ${setting.allowed}${quantity} ` +
      `(default: ${fallback}). Change it or unset it.`,
  );
};
