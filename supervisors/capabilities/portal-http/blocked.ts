/** What a portal's answer looks like when it does not want us. A challenge may come with status 200. */

export interface Seen {
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  readonly body: string;
}

const walls: readonly (readonly [RegExp, string])[] = [
  [/_cf_chl_opt|challenge-platform|cf-turnstile|cf-waf/, "a challenge of an anti-bot wall"],
  [/class="[^"]*\b(?:g-recaptcha|h-captcha)\b|px-captcha/, "a captcha"],
  [
    /<title>\s*(?:Just a moment\.\.\.|Security \| Glassdoor|Attention Required!|Additional Verification Required|Access denied)/i,
    "a page of an anti-bot wall",
  ],
];
const wallAddress =
  /\/authwall|\/account\/login\?.*from=bot-detection|\/(?:checkpoint|signup|login)(?:[/?]|$)/;

/** Why this is a block, or null. */
export function blockReason({ status, url, body }: Seen): string | null {
  if (status === 429) return "The portal asks for fewer requests (429).";
  if (status === 403 || status === 999) return `The portal refuses us (${status}).`;
  const wall = wallIn(body);
  if (wall !== null) return `The portal shows ${wall} (${status}).`;
  if (wallAddress.test(url)) return `The portal sends us to ${new URL(url).pathname}.`;
  return null;
}

/** What kind of wall a page shows, or null. Only its beginning is looked at: walls are small. */
export function wallIn(body: string): string | null {
  const start = body.slice(0, 100_000);
  return walls.find(([sign]) => sign.test(start))?.[1] ?? null;
}

/** Retry-After as milliseconds: seconds or a date; null if it says neither. */
export function retryAfterMs(header: string | null | undefined, now: number): number | null {
  if (header === null || header === undefined || header.trim() === "") return null;
  if (/^\s*\d+\s*$/.test(header)) return Math.min(Number(header) * 1_000, 86_400_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.min(Math.max(date - now, 0), 86_400_000);
}
