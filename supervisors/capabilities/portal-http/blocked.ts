/** What a portal's answer looks like when it does not want us. A challenge may come with status 200. */

export interface Seen {
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  readonly body: string;
}

const walls: readonly (readonly [RegExp, string])[] = [
  [
    /_cf_chl_opt|challenge-platform|cf-turnstile|cf-waf|cf-browser-verification/,
    "a challenge of an anti-bot wall",
  ],
  [
    /\b(?:g-recaptcha|h-captcha|px-captcha|arkose|funcaptcha)\b|geo\.captcha-delivery\.com|awswaf|_Incapsula_Resource|Incapsula incident ID|id="challenge-form"/i,
    "a captcha",
  ],
  [
    /<title>\s*(?:Just a moment\.\.\.|Security \| Glassdoor|Attention Required!|Additional Verification Required|Access (?:to this page has been )?denied|Pardon Our Interruption|Robot Check|(?:Are )?you (?:a )?(?:human|robot)|Security Check|Verify|Blocked\b|One more step|Client Challenge|Bot (?:detect|verif)|Human verification|(?:Vercel )?Security Checkpoint|DDoS-Guard|Request blocked)/i,
    "a page of an anti-bot wall",
  ],
  [
    /detected unusual traffic|verify (?:that )?you(?:['’]re| are) (?:a |not a )?(?:human|robot)|(?:confirm|prove) (?:that )?you(?:['’]re| are) (?:a )?human|checking your browser before|enable JavaScript and cookies to continue/i,
    "a check for programs",
  ],
  [
    /<title>\s*(?:Before you continue|(?:cookie|privacy) (?:consent|settings|preferences)|(?:we value )?your privacy\b|Bevor Sie|Avant de continuer|Antes de continuar)|\baction="https:\/\/consent\./i,
    "a page that asks for consent first",
  ],
  [
    /^\s*\{[^}]{0,200}"(?:error_code|error|code|message)"\s*:\s*"(?:forbidden|access denied|blocked|rate limit|too many requests|unauthori[sz]ed|unauthenticated|authentication required)/i,
    "a refusal",
  ],
  [
    /^\s*(?:\[\s*)?\{\s*"errors"\s*:\s*\[\s*\{[\s\S]{0,500}?(?:forbidden|unauthori[sz]ed|unauthenticated|rate limit|too many requests)/i,
    "a refusal",
  ],
];
/** A page with such a title that also asks for a password. */
const loginTitle =
  /<title>[^<]{0,80}(?:log[ -]?in|sign[ -]?in|sign[ -]?up|join linkedin|anmelden|einloggen|connexion|se connecter|iniciar sesi[oó]n|inicia sesi[oó]n|entrar|accedi|inloggen|zaloguj|oturum aç|giriş yap|登录|登入|ログイン|로그인)/i;
const wallPath =
  /\/(?:authwall|checkpoint|uas\/login|signup|sign-up|login|log-in|signin|sign-in|captcha|sorry\/index|cdn-cgi\/challenge-platform)(?:[/?]|$)|\/account\/login(?:[/?]|$)/i;

/** Why this is a block, or null. */
export function blockReason({ status, url, body }: Seen): string | null {
  const refusal = refusalOf(status) ?? detourOf(url);
  if (refusal !== null) return refusal;
  const wall = wallIn(body);
  return wall === null ? null : `The portal shows ${wall} (${status}).`;
}

/** What the status alone says; no answer with it is looked at. */
export function refusalOf(status: number): string | null {
  if (status === 429) return "The portal asks for fewer requests (429).";
  return [401, 403, 407, 451, 999].includes(status) ? `The portal refuses us (${status}).` : null;
}

/** What the address says that we were sent to. */
export function detourOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { pathname, search, hostname } = new URL(url);
  return wallPath.test(pathname) ||
    /from=bot-detection/.test(search) ||
    /^consent\.|^challenges\.cloudflare\.com$|^geo\.captcha-delivery\.com$/.test(hostname)
    ? `The portal sends us to ${pathname}.`
    : null;
}

/** What kind of wall a page shows, or null. Only its beginning is looked at: walls are small. Pages with postings may bear such signs too. */
export function wallIn(body: string): string | null {
  const start = body.slice(0, 100_000);
  const isLogin = loginTitle.test(start) && /<input\b[^>]{0,300}\btype\s*=\s*["']?password/i.test(start);
  return isLogin ? "a login" : (walls.find(([sign]) => sign.test(start))?.[1] ?? null);
}

/** Retry-After as milliseconds: seconds or a date; null if it says neither. */
export function retryAfterMs(header: string | null | undefined, now: number): number | null {
  if (header === null || header === undefined || header.trim() === "") return null;
  if (/^\s*\d+\s*$/.test(header)) return Math.min(Number(header) * 1_000, 86_400_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.min(Math.max(date - now, 0), 86_400_000);
}
