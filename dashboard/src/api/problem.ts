/** A refusal or a failure as the page shows it: one sentence that says what happened and what to do. */
export class Problem extends Error {
  /** HTTP status; 0 if no answer came. */
  readonly status: number;
  /** The server's own word for the refusal, such as "AssignmentOver"; "" if it gave none. */
  readonly reason: string;
  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.reason = reason;
  }
}

/** What went wrong, as a sentence for the page. */
export const sentence = (error: unknown): string =>
  error instanceof Problem ? error.message : "Something went wrong on this page. Reload it and try again.";
