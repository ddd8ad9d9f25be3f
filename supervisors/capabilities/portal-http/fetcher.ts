/** Asks a portal over HTTP: bounded in time and size, truthful about who asks, conditional where the portal allows it. */

export interface HttpAnswer {
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  /** To be given back at the next request: the ETag, or `date:` and the time of Last-Modified; null if it has neither. */
  readonly etag: string | null;
  readonly retryAfter: string | null;
  /** Text, whatever the header says it is. */
  readonly body: string;
}

export interface Fetcher {
  /** @throws Unreachable if there is no answer, it is too long, or the server says that it failed (5xx). */
  get(
    url: string,
    options: {
      readonly etag?: string | null;
      /** Posted as JSON: some portals take their questions only so. Nothing is changed by it. */
      readonly question?: unknown;
      readonly signal: AbortSignal;
    },
  ): Promise<HttpAnswer>;
}

/** No usable answer; worth another try later. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

export interface FetcherSettings {
  readonly userAgent?: string;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

export const userAgent = "Callboard/0.1 (job discovery for its users; one request at a time)";

export function createFetcher(settings: FetcherSettings = {}): Fetcher {
  const { timeoutMs = 30_000, maxBytes = 20 * 1024 * 1024 } = settings;
  return {
    async get(url, { etag, question, signal }) {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      let response: Response;
      let body: string;
      try {
        response = await fetch(url, {
          signal: bounded,
          ...(question === undefined ? {} : { method: "POST", body: JSON.stringify(question) }),
          headers: {
            ...(question === undefined ? {} : { "content-type": "application/json" }),
            "user-agent": settings.userAgent ?? userAgent,
            accept: "application/json, text/html;q=0.9, */*;q=0.5",
            ...conditionOf(etag),
          },
        });
        body = await readBounded(response, url, maxBytes);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Unreachable) throw error;
        throw new Unreachable(`${url} gave no answer: ${causeOf(error)}`);
      }
      // A wall may come with 503; whoever reads the answer looks for it.
      if (response.status >= 500 && !/challenge|captcha/i.test(body))
        throw new Unreachable(`${url} answered ${response.status}.`);
      return {
        status: response.status,
        url: response.url || url,
        etag: validatorOf(response.headers),
        retryAfter: response.headers.get("retry-after"),
        body,
      };
    },
  };
}

const dated = "date:";

function validatorOf(answer: Headers): string | null {
  const modified = answer.get("last-modified");
  return answer.get("etag") ?? (modified === null ? null : `${dated}${modified}`);
}

function conditionOf(validator: string | null | undefined): Record<string, string> {
  if (!validator) return {};
  return validator.startsWith(dated)
    ? { "if-modified-since": validator.slice(dated.length) }
    : { "if-none-match": validator };
}

async function readBounded(response: Response, url: string, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new Unreachable(`${url} answered with more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** fetch says "fetch failed" and hides why. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}
