/** A JSON Resume as the text that a person would read, one line per statement. */
import type { JsonResume } from "../../../protocols/json-resume.ts";

export function textOfResume(resume: JsonResume): string {
  const { basics } = resume;
  const lines: (string | null | undefined)[] = [
    basics?.name,
    basics?.label,
    joined([basics?.email, basics?.phone, basics?.location?.city, basics?.url], " | "),
  ];
  const section = (title: string, body: readonly (string | null | undefined)[]) => {
    if (body.some((line) => line?.trim())) lines.push(title, ...body);
  };
  section("SUMMARY", [basics?.summary]);
  section(
    "EXPERIENCE",
    (resume.work ?? []).flatMap((job) => [
      joined([job.position, job.name, span(job)], ", "),
      job.summary,
      ...(job.highlights ?? []).map((one) => `• ${one}`),
    ]),
  );
  section(
    "PROJECTS",
    (resume.projects ?? []).flatMap((project) => [
      joined([project.name, span(project)], ", "),
      project.description,
      ...(project.highlights ?? []).map((one) => `• ${one}`),
      joined(project.keywords ?? [], ", "),
    ]),
  );
  section(
    "EDUCATION",
    (resume.education ?? []).map((school) =>
      joined([school.studyType, school.area, school.institution, span(school)], ", "),
    ),
  );
  section(
    "SKILLS",
    (resume.skills ?? []).map((skill) => joined([skill.name, joined(skill.keywords ?? [], ", ")], ": ")),
  );
  section(
    "CERTIFICATES",
    (resume.certificates ?? []).map((one) => joined([one.name, one.issuer, one.date], ", ")),
  );
  section(
    "LANGUAGES",
    (resume.languages ?? []).map((one) => joined([one.language, one.fluency], ": ")),
  );
  return lines
    .map((line) => line?.trim())
    .filter(Boolean)
    .join("\n");
}

const joined = (parts: readonly (string | null | undefined)[], by: string) =>
  parts
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(by);

const span = ({ startDate, endDate }: { startDate?: string | null; endDate?: string | null }) =>
  startDate || endDate ? joined([startDate, endDate || (startDate ? "present" : "")], " – ") : "";
