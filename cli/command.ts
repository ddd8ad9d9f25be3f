/** What a command of the command line is; each stands in a file of its own in `commands/`. */
export interface Command {
  readonly summary: string;
  /** Below `--help`, after the line with the usage. */
  readonly help: string;
  /** What stands after the options, as the usage shows it, e.g. `<url|file>`; none if left out, and then none is taken. */
  readonly positionals?: string;
  readonly options: Readonly<
    Record<string, { readonly type: "string" | "boolean"; readonly value?: string; readonly about: string }>
  >;
  /** Rejects, with a message for a person, if it failed. */
  readonly run: (call: CommandCall) => Promise<void>;
}

export interface CommandCall {
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  /** When the person began to wait, as of `performance.now()`. */
  readonly since: number;
}

/** It was not called as its help says: ends with 2 instead of 1. */
export class UsageProblem extends Error {
  override readonly name = "UsageProblem";
}
