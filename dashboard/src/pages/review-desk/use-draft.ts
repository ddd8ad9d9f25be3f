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

export function useDraft(review: ReviewInHand, first: JsonResume) {
  const { application, assignment } = review;
  const [resume, setResume] = useState(first);
  const [{ saving, tabs, fetchNewest }] = useState(() => {
    const held = { application, assignment };
    let basedOn = review.resumeVersion;
    const tabs = deskTabs(`${application} ${assignment}`);
    const saving = autosave<JsonResume>({
      now: serverNow,
      save: async (value) => {
        try {
          const saved = await call("saveDraft", {
            body: { ...held, basedOn, resume: documentOf(tidied(value)) },
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
      const read = newest?.application === application ? readResume(newest.resume) : null;
      if (!newest || !read) return;
      basedOn = newest.resumeVersion;
      setResume(read);
    };
    return { saving, tabs, fetchNewest };
  });
  const editing = useStore(tabs.editing, (now) => now);
  useEffect(() => {
    // A window that looks on does not save, and shows what the other one saved.
    if (editing) saving.start();
    else saving.stop();
    return saving.stop;
  }, [saving, editing]);
  useEffect(() => {
    tabs.onSaved(() => void fetchNewest().catch(() => undefined)); // The next save is another chance.
    tabs.open();
    return () => tabs.close();
  }, [tabs, fetchNewest]);
  return {
    resume,
    saving,
    editing,
    edit: (next: JsonResume) => {
      setResume(next);
      saving.changed(next);
    },
    /** From the newest draft on, whoever saved it. */
    editHere: async () => {
      await fetchNewest();
      saving.forget();
      tabs.takeOver();
    },
  };
}
