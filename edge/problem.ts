/** What the edge refuses, as an error to throw anywhere in a route: it becomes the answer. */

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  /** A word for programs. */
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;

  /** @param message a sentence for people: what happened and what to do. */
  constructor(status: number, reason: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.headers = headers;
  }
}

export const notSignedIn = () => new Refusal(401, "NotSignedIn", "Sign in first: the session is over.");
export const notAllowed = () => new Refusal(403, "NotAllowed", "Your role may not do this.");
export const notFound = (what: string) => new Refusal(404, "NotFound", `There is no ${what}.`);
export const notOurCursor = () =>
  new Refusal(400, "BadRequest", "The cursor is none of ours: leave it out to begin at the first page.");
