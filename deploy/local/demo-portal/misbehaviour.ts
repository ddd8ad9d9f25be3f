/** How the portal can be told to misbehave, for tests and demos: which rule applies to a request, and what it answers. */
import { Schema } from "effect";

export const Mode = Schema.Literals([
  "ok",
  "429",
  "403",
  "500",
  "slow",
  "captcha",
  "form-changed",
  /** Takes the application in, then cuts the connection: the applicant cannot know. */
  "lost-confirmation",
]);
export type Mode = typeof Mode.Type;

export const Paths = Schema.Literals(["api", "html", "form", "all"]);
export type Paths = typeof Paths.Type;

const naturalUpTo = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }));

/** Body of `POST /__control/mode`. */
export const ModeRequest = Schema.Struct({
  mode: Mode,
  /** Only this company; left out: all. */
  company: Schema.optional(Schema.String),
  paths: Schema.optional(Paths),
  retryAfterSeconds: Schema.optional(naturalUpTo(86_400)),
  /** Ends by itself after so many milliseconds. */
  forMs: Schema.optional(naturalUpTo(86_400_000)),
  /** Ends by itself after so many requests. */
  count: Schema.optional(naturalUpTo(1_000_000)),
  /** How long "slow" waits before it answers normally; 8 s if left out. */
  delayMs: Schema.optional(naturalUpTo(600_000)),
  /** Which part of the form changes; "all" if left out. */
  change: Schema.optional(Schema.Literals(["renamed", "extra-question", "no-file", "all"])),
});
export type ModeRequest = typeof ModeRequest.Type;

export const Rule = Schema.Struct({
  mode: Mode,
  company: Schema.NullOr(Schema.String),
  paths: Paths,
  retryAfterSeconds: Schema.Finite,
  until: Schema.NullOr(Schema.Finite),
  left: Schema.NullOr(Schema.Finite),
  delayMs: Schema.Finite,
  change: Schema.Literals(["renamed", "extra-question", "no-file", "all"]),
});
export type Rule = typeof Rule.Type;

/** The rules after this request: a new one replaces that of the same company and paths; "ok" clears what it covers. */
export const withRule = (rules: readonly Rule[], request: ModeRequest, now: number): readonly Rule[] => {
  const company = request.company ?? null;
  const paths = request.paths ?? "all";
  const covers = (rule: Rule) =>
    (company === null || rule.company === company) && (paths === "all" || rule.paths === paths);
  if (request.mode === "ok") return rules.filter((rule) => !covers(rule));
  const others = rules.filter((rule) => rule.company !== company || rule.paths !== paths);
  return [
    ...others,
    {
      mode: request.mode,
      company,
      paths,
      retryAfterSeconds: request.retryAfterSeconds ?? 30,
      until: request.forMs === undefined ? null : now + request.forMs,
      left: request.count ?? null,
      delayMs: request.delayMs ?? 8_000,
      change: request.change ?? "all",
    },
  ];
};

/** The rule for a request, if any (the narrowest wins, then the latest), and the rules that remain after it was used. */
export const ruleFor = (
  rules: readonly Rule[],
  company: string,
  path: Exclude<Paths, "all">,
  now: number,
): { rule: Rule | null; remaining: readonly Rule[] } => {
  const alive = rules.filter((rule) => (rule.until === null || rule.until > now) && rule.left !== 0);
  const weight = (rule: Rule) => (rule.company === null ? 0 : 2) + (rule.paths === "all" ? 0 : 1);
  const rule = alive
    .filter(
      (one) =>
        (one.company === null || one.company === company) && (one.paths === "all" || one.paths === path),
    )
    // These two only mean something on the form: elsewhere they are no answer and use up no count.
    .filter((one) => path === "form" || (one.mode !== "form-changed" && one.mode !== "lost-confirmation"))
    .reduce<Rule | null>((best, one) => (best === null || weight(one) >= weight(best) ? one : best), null);
  const remaining =
    rule === null || rule.left === null
      ? alive
      : alive.map((one) => (one === rule ? { ...one, left: (one.left ?? 1) - 1 } : one));
  return { rule, remaining };
};

/** The page an anti-bot wall shows, sent with status 200. */
export const captchaPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Just a moment...</title><meta name="robots" content="noindex,nofollow">
<style>body{font:16px system-ui;margin:15vh auto;max-width:40rem}</style></head>
<body><h1>Verify you are human by completing the action below.</h1>
<form id="challenge-form" class="challenge-form"><div class="cf-turnstile" data-sitekey="demo"></div></form>
<noscript>Enable JavaScript and cookies to continue</noscript>
<script>window._cf_chl_opt={cType:"managed"};</script></body></html>`;
