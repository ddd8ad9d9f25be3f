/** The score of the draft as it stands: asked for when typing pauses, and again until it is there; a late answer to an earlier draft is dropped. */
import { useEffect, useState } from "react";
import type { Rescored } from "../../../protocols/api/http.ts";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { call } from "../api/call.ts";
import { Problem, sentence } from "../api/problem.ts";
import { documentOf } from "../resume/document.ts";
import { tidied } from "../resume/edit.ts";
import { askAgain } from "./ask-again.ts";

const pauseMs = 400;

export interface LiveScore {
  readonly rescored: Rescored | null;
  /** Why there is none; "" if all is well. */
  readonly problem: string;
}

export function useLiveScore(
  held: { readonly application: string; readonly assignment: number },
  resume: JsonResume,
): LiveScore {
  const [live, setLive] = useState<LiveScore>({ rescored: null, problem: "" });
  const { application, assignment } = held;
  useEffect(
    () =>
      askAgain({
        ask: () => call("rescore", { body: { application, assignment, resume: documentOf(tidied(resume)) } }),
        answered: (rescored) => setLive({ rescored, problem: "" }),
        // The last score that is known stays, and is said to be old.
        failed: (error) => setLive((before) => ({ ...before, problem: sentence(error) })),
        isWorthIt: mayPass,
        firstAfterMs: pauseMs,
      }),
    [application, assignment, resume],
  );
  return live;
}

/** No answer, too many at once, or the server's own trouble: not a word about this draft. */
const mayPass = (error: unknown) =>
  error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);
