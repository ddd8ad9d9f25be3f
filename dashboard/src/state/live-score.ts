/** The score of the draft as it stands: asked for when typing pauses; a late answer to an earlier draft is dropped. */
import { useEffect, useRef, useState } from "react";
import type { Rescored } from "../../../protocols/api/http.ts";
import type { JsonResume } from "../../../protocols/json-resume.ts";
import { call } from "../api/call.ts";
import { sentence } from "../api/problem.ts";
import { documentOf } from "../resume/document.ts";
import { tidied } from "../resume/edit.ts";

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
  const asked = useRef(0);
  const { application, assignment } = held;
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    const timer = setTimeout(() => {
      call("rescore", { body: { application, assignment, resume: documentOf(tidied(resume)) } })
        .then((rescored) => {
          if (mine === asked.current) setLive({ rescored, problem: "" });
        })
        .catch((error: unknown) => {
          // The last score that is known stays, and is said to be old.
          if (mine === asked.current) setLive((before) => ({ ...before, problem: sentence(error) }));
        });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [application, assignment, resume]);
  return live;
}
