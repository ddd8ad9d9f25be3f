/** The draft on the desk: what it says, that it is saved, and which window may write it. */
import { useEffect, useState } from "react";
import type { ReviewInHand } from "../../../../protocols/api/http.ts";
import type { JsonResume } from "../../../../protocols/json-resume.ts";
import { call } from "../../api/call.ts";
import { Problem } from "../../api/problem.ts";
import { documentOf, readResume } from "../../resume/document.ts";
import { tidied } from "../../resume/edit.ts";
import { autosave } from "../../state/autosave.ts";
import { serverNow } from "../../state/clock.ts";
import { deskTabs } from "../../state/desk-tabs.ts";
import { useStore } from "../../state/store.ts";

interface Draft {
  readonly resume: JsonResume;
  /** By the form's question. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Of a desk that was left a moment ago. */
let leaving: Promise<void> = Promise.resolve();
/** Whoever fetches a draft waits for what is being saved of it, or would show it as it was before. */
export const draftsAreSaved = () => leaving;

const answersOf = ({ answers = [], questions }: ReviewInHand): Draft["answers"] =>
  Object.fromEntries(
    answers.filter(({ question }) => questions.includes(question)).map((one) => [one.question, one.answer]),
  );

export function useDraft(review: ReviewInHand, first: JsonResume) {
  const { application, assignment } = review;
  const [draft, setDraft] = useState<Draft>({ resume: first, answers: answersOf(review) });
  const [{ saving, tabs, fetchNewest }] = useState(() => {
    const held = { application, assignment };
    let basedOn = review.resumeVersion;
    const tabs = deskTabs(`${application} ${assignment}`);
    const saving = autosave<Draft>({
      now: serverNow,
      save: async ({ resume, answers }) => {
        const written = Object.entries(answers).map(([question, answer]) => ({ question, answer }));
        try {
          const saved = await call("saveDraft", {
            body: { ...held, basedOn, resume: documentOf(tidied(resume)), answers: written },
            outlivesPage: true,
          });
          basedOn = saved.resumeVersion;
          tabs.saved();
        } catch (error) {
          if (error instanceof Problem && error.reason === "DraftMovedOn") tabs.movedOn();
          throw error;
        }
      },
    });
    const fetchNewest = async () => {
      const { review: newest } = await call("review");
      const resume = newest?.application === application ? readResume(newest.resume) : null;
      if (!newest || !resume) return;
      basedOn = newest.resumeVersion;
      setDraft({ resume, answers: answersOf(newest) });
    };
    return { saving, tabs, fetchNewest };
  });
  const editing = useStore(tabs.editing, (now) => now);
  useEffect(() => {
    // A window that looks on does not save, and shows what the other one saved.
    if (!editing) return;
    const save = () => void saving.flush().catch(() => undefined);
    saving.start();
    // The page may never be seen again.
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    return () => {
      removeEventListener("pagehide", save);
      document.removeEventListener("visibilitychange", save);
      leaving = saving.leave();
    };
  }, [saving, editing]);
  useEffect(() => {
    tabs.onSaved(() => void fetchNewest().catch(() => undefined)); // The next save is another chance.
    tabs.onYield(saving.flush);
    tabs.open();
    return () => tabs.close();
  }, [tabs, saving, fetchNewest]);
  const change = (next: Draft) => {
    setDraft(next);
    saving.changed(next);
  };
  return {
    ...draft,
    saving,
    editing,
    edit: (resume: JsonResume) => change({ ...draft, resume }),
    answer: (question: string, answer: string) =>
      change({ ...draft, answers: { ...draft.answers, [question]: answer } }),
    /** From the newest draft on, whoever saved it. */
    editHere: async () => {
      await tabs.othersYield();
      await fetchNewest();
      saving.forget();
      tabs.takeOver();
    },
  };
}
