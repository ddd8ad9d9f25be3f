/** Facts as lines to read: what is long in them is left out, since a list of fifty is pushed to a browser. */
import type { FactLine } from "../protocols/api/http.ts";
import type { ReadFact } from "../supervisors/capabilities/archive/stored-fact.ts";

/** Said so often, and so empty, that they would push all else out of a list. */
export const isNoise = (type: string, fact: Readonly<Record<string, unknown>>): boolean =>
  type === "PulseMeasured" || (type === "PortalPolled" && fact.found === 0 && fact.rejected === 0);

export const factLine = (
  fact: Pick<ReadFact, "seq" | "at" | "type" | "actor" | "about" | "line">,
): FactLine => {
  const { type: _type, actor: _actor, at: _at, trace, ...rest } = fact.line;
  return {
    seq: fact.seq,
    at: fact.at.getTime(),
    type: fact.type,
    actor: fact.actor,
    about: fact.about,
    fact: { type: fact.type, trace, ...brief(rest) },
  };
};

const pick = (value: unknown, names: readonly string[]): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)))
    : value;

const brief = (fact: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const short: Record<string, unknown> = { ...fact };
  if ("posting" in short)
    short.posting = pick(short.posting, ["title", "company", "region", "portal", "url"]);
  if (typeof short.score === "object") short.score = pick(short.score, ["score", "version"]);
  if ("profile" in short) short.profile = pick(short.profile, ["id", "name", "region", "resumeVersion"]);
  return short;
};
