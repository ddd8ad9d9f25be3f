/** A résumé file is chosen, read, corrected section by section, and only then becomes the candidate's base version. */
import { type ChangeEvent, useState } from "react";
import { type CandidateRow, maxUploadBytes, type ReadResume } from "../../../../protocols/api/candidates.ts";
import { sureFrom } from "../../../../protocols/resume-reading.ts";
import { call } from "../../api/call.ts";
import { Problem } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { useLive } from "../../state/freshness.ts";
import { useAttempt } from "../../state/use-attempt.ts";
import { documentOf, nameIn, type SectionText, sectionsOf } from "./section-texts.ts";

interface Props {
  readonly candidate: CandidateRow;
  readonly close: () => void;
  readonly onSaved: () => void;
}

export function ResumeUpload({ candidate, close, onSaved }: Props) {
  const live = useLive();
  const { pending, doing, problem, attempt } = useAttempt();
  const [read, setRead] = useState<ReadResume | null>(null);
  const [sections, setSections] = useState<readonly SectionText[]>([]);
  const params = { candidate: candidate.candidate };

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = ""; // The same file, mended, can be chosen again.
    if (file === undefined) return;
    void attempt(async () => {
      setRead(null);
      if (file.size > maxUploadBytes)
        throw new Problem(
          413,
          "too-large",
          "The file is larger than 5 MB. Save it without pictures, or as PDF in smaller size.",
        );
      const found = await call("readResume", {
        params,
        body: { name: file.name.slice(-300), content: await base64Of(file) },
      });
      setRead(found);
      setSections(sectionsOf(found.resume));
    }, `Reading ${file.name}…`);
  };
  const { document, wrong } = documentOf(read?.resume ?? {}, sections);
  const named = nameIn(document);
  const save = () =>
    attempt(async () => {
      await call("replaceResume", { params, body: { resume: document } });
      onSaved();
    }, "Saving…");
  return (
    <section className="panel space-y-4 p-4" aria-labelledby="upload-title" data-testid="resume-upload">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="upload-title" className="text-base font-semibold">
          Another résumé for {candidate.name}
        </h2>
        <Button onClick={close}>Close</Button>
      </div>
      <label className="block">
        <span className="block font-medium">PDF, DOCX, Markdown, text or JSON Resume, up to 5 MB</span>
        <input
          type="file"
          accept=".pdf,.docx,.md,.markdown,.txt,.json"
          className="mt-1 block"
          disabled={pending || !live}
          onChange={choose}
        />
      </label>
      {doing && <p role="status">{doing}</p>}
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      {read?.problems.map(({ kind, message }) => (
        <Notice key={kind + message} tone="warn">
          {message}
        </Notice>
      ))}
      {read !== null && (
        <>
          <p className="text-ink-soft">
            Look through what was read, first of all where it is marked as unsure. Nothing is saved yet.
          </p>
          {named !== "" && named !== candidate.name && (
            <Notice tone="warn">
              This résumé is {named}’s, and the candidate is {candidate.name}. Is it the right file?
            </Notice>
          )}
          {sections.map((section) => (
            <Section
              key={section.name}
              section={section}
              sure={read.confidence[section.name]}
              wrong={wrong[section.name] ?? ""}
              change={(text) =>
                setSections(sections.map((one) => (one.name === section.name ? { ...one, text } : one)))
              }
            />
          ))}
          <Button
            weight="primary"
            disabled={pending || !live || Object.keys(wrong).length > 0}
            onClick={() => void save()}
          >
            Save as base résumé
          </Button>
        </>
      )}
    </section>
  );
}

interface SectionProps {
  readonly section: SectionText;
  /** 0 to 1; undefined if the file has no such section. */
  readonly sure: number | undefined;
  readonly wrong: string;
  readonly change: (text: string) => void;
}

function Section({ section: { name, title, text }, sure = 0, wrong, change }: SectionProps) {
  const unsure = sure < sureFrom;
  const empty = /^(\[\s*\]|\{\s*\})?$/.test(text.trim());
  const id = `section-${name}`;
  return (
    <div data-testid="section" data-section={name}>
      <label htmlFor={id} className="font-medium">
        {title}
      </label>
      {empty ? (
        <span className="text-ink-soft ml-2 text-[13px]">nothing found</span>
      ) : (
        <span className={`ml-2 text-[13px] ${unsure ? "text-warn-text" : "text-good-text"}`}>
          {unsure ? "unsure" : "sure"}, {Math.round(100 * sure)} %
        </span>
      )}
      <textarea
        id={id}
        value={text}
        rows={Math.min(16, Math.max(2, text.split("\n").length))}
        spellCheck={false}
        aria-invalid={wrong !== ""}
        aria-describedby={wrong === "" ? undefined : `${id}-wrong`}
        className="border-line mt-1 block w-full rounded border bg-transparent p-2 font-mono text-[13px]"
        onChange={(event) => change(event.target.value)}
      />
      {wrong && (
        <p id={`${id}-wrong`} role="alert" className="text-bad-text text-[13px]">
          {wrong}
        </p>
      )}
    </div>
  );
}

/** In pieces, since a call takes only so many arguments. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
