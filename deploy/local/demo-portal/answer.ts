/** What a route answers, as a value; one place writes it to the socket. */
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Cut the connection instead of answering. */
  readonly drop?: boolean;
}

export const json = (
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  type: "application/json; charset=utf-8",
  body: JSON.stringify(body),
  headers,
});

export const html = (body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  type: "text/html; charset=utf-8",
  body,
  headers,
});

export const text = (body: string, status = 200): Answer => ({
  status,
  type: "text/plain; charset=utf-8",
  body,
});

/** Writes the answer; a successful GET carries an ETag and is not repeated to who has it already (If-None-Match). */
export const sendAnswer = (request: IncomingMessage, response: ServerResponse, answer: Answer): void => {
  if (response.destroyed || response.headersSent) return;
  if (answer.drop) {
    response.destroy();
    return;
  }
  const readOnly = request.method === "GET" || request.method === "HEAD";
  const tagged = readOnly && answer.status === 200 && !(request.url ?? "").endsWith("/apply");
  const etag = tagged ? `W/"${createHash("sha1").update(answer.body).digest("base64url")}"` : null;
  const cache = tagged
    ? { etag: etag ?? "", "cache-control": "max-age=0, private, must-revalidate" }
    : { "cache-control": "no-store" };
  const known = (request.headers["if-none-match"] ?? "").split(",").map((one) => one.trim());
  if (etag !== null && (known.includes(etag) || known.includes("*"))) {
    response.writeHead(304, cache).end();
    return;
  }
  response.writeHead(answer.status, {
    "content-type": answer.type,
    "content-length": Buffer.byteLength(answer.body),
    "x-content-type-options": "nosniff",
    ...cache,
    ...answer.headers,
  });
  response.end(request.method === "HEAD" ? undefined : answer.body);
};
