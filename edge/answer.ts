/** What goes back to a client: the answer, or why it was refused; and the headers that every answer has. */
import type { HttpResponse } from "uWebSockets.js";
import { NoAnswer } from "../supervisors/edge-link.ts";
import { Refusal } from "./problem.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** Nobody outside learns more than the sentence; what broke goes to the log. */
export function problemOf(error: unknown, logged: (line: string) => void): Answer {
  if (!(error instanceof Refusal))
    logged(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const refusal =
    error instanceof Refusal
      ? error
      : error instanceof NoAnswer
        ? new Refusal(
            503,
            "NoAnswer",
            "The system has not answered in time. Look whether it was done, else try again.",
          )
        : new Refusal(
            503,
            "Unavailable",
            "Something that is needed for this is not available. Try again in a moment.",
          );
  return {
    status: refusal.status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...refusal.headers },
    body: JSON.stringify({ reason: refusal.reason, message: refusal.message }),
  };
}

const phrases: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

export function write(
  res: HttpResponse,
  answer: Answer,
  security: Readonly<Record<string, string>>,
  head: boolean,
) {
  res.cork(() => {
    res.writeStatus(`${answer.status} ${phrases[answer.status] ?? ""}`);
    for (const [key, value] of Object.entries({ ...security, ...answer.headers }))
      res.writeHeader(key, value);
    if (head) res.endWithoutBody(Buffer.byteLength(answer.body));
    else res.end(answer.body);
  });
}

/** Nothing is loaded from elsewhere, nothing inline is run, and nobody may put the page into a frame. */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  const { host, protocol } = new URL(publicUrl);
  const secure = protocol === "https:";
  const socket = `${secure ? "wss" : "ws"}://${host}`;
  return {
    "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ${socket}; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'`,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ...(secure ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
