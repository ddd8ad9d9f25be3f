/**
 * The résumé as fields that can be reworded, each beside its base version. What is no matter of wording (employers,
 * dates, degrees) is shown and not offered for change.
 */
import { type ReactNode, useMemo } from "react";
import type { JsonResume } from "../../../../protocols/json-resume.ts";
import { vocabulary } from "../../resume/claims.ts";
import { type LineList, linesOf, summaryOf, withLines, withSummary } from "../../resume/edit.ts";
import { entryNames } from "../../resume/entry-names.ts";
import { LineEditor } from "./line-editor.tsx";
import { LineListEditor } from "./line-list-editor.tsx";

interface Props {
  readonly base: JsonResume;
  readonly resume: JsonResume;
  readonly disabled: boolean;
  readonly onChange: (resume: JsonResume) => void;
}

export function ResumeEditor({ base, resume, disabled, onChange }: Props) {
  const words = useMemo(() => vocabulary(base), [base]);
  const jobs = entryNames(
    (resume.work ?? []).map(({ name, position }) => ({ name: name ?? "Job", detail: position ?? "" })),
  );
  const projects = entryNames(
    (resume.projects ?? []).map(({ name, description }) => ({
      name: name ?? "Project",
      detail: description ?? "",
    })),
  );
  const groups = entryNames(
    (resume.skills ?? []).map(({ name, level }) => ({ name: name ?? "group", detail: level ?? "" })),
  );
  const lines = (list: LineList, label: string) => (
    <LineListEditor
      label={label}
      base={linesOf(base, list)}
      lines={linesOf(resume, list)}
      vocabulary={words}
      disabled={disabled}
      onChange={(next) => onChange(withLines(resume, list, next))}
    />
  );
  return (
    <div className="space-y-5">
      <header>
        <p className="text-lg font-semibold">{resume.basics?.name}</p>
        <p className="text-ink-soft">
          {[resume.basics?.label, resume.basics?.location?.city].filter(Boolean).join(" · ")}
        </p>
      </header>
      <Section title="Summary">
        <LineEditor
          label="Summary"
          text={summaryOf(resume)}
          base={summaryOf(base)}
          vocabulary={words}
          disabled={disabled}
          onChange={(text) => onChange(withSummary(resume, text))}
          onUndo={() => onChange(withSummary(resume, summaryOf(base)))}
        />
      </Section>
      <Section title="Experience">
        {(resume.work ?? []).map((work, index) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: jobs are neither moved nor removed on this page
            key={index}
            title={[work.position, work.name].filter(Boolean).join(" · ")}
            detail={years(work.startDate, work.endDate)}
          >
            {lines({ section: "work", index }, `${jobs[index]} highlight`)}
          </Entry>
        ))}
      </Section>
      {(resume.projects ?? []).length > 0 && (
        <Section title="Projects">
          {(resume.projects ?? []).map((project, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: projects are neither moved nor removed on this page
            <Entry key={index} title={project.name ?? ""} detail={project.description ?? ""}>
              {lines({ section: "projects", index }, `${projects[index]} highlight`)}
            </Entry>
          ))}
        </Section>
      )}
      <Section title="Skills">
        {(resume.skills ?? []).map((skill, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of skills are neither moved nor removed on this page
          <Entry key={index} title={skill.name ?? ""} detail={skill.level ?? ""}>
            {lines({ section: "skills", index }, `Skill in ${groups[index]}`)}
          </Entry>
        ))}
      </Section>
      {(resume.education ?? []).length > 0 && (
        <Section title="Education">
          {(resume.education ?? []).map((school, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: shown only
            <p key={index} className="ml-5 px-2">
              {[school.studyType, school.area, school.institution].filter(Boolean).join(" · ")}{" "}
              <span className="text-ink-soft">{years(school.startDate, school.endDate)}</span>
            </p>
          ))}
        </Section>
      )}
    </div>
  );
}

const years = (from: string | null | undefined, to: string | null | undefined) =>
  from ? `${from.slice(0, 4)}–${to ? to.slice(0, 4) : "now"}` : "";

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="eyebrow mb-1">{title}</h3>
      <div className="space-y-3">{children}</div>
    </section>
  );
}

function Entry(props: { title: string; detail: string; children: ReactNode }) {
  return (
    <div>
      <p className="ml-5 px-2 font-medium">
        {props.title} <span className="text-ink-soft font-normal">{props.detail}</span>
      </p>
      {props.children}
    </div>
  );
}
