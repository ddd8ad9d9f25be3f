/** How sure each section is: by what was found in it, and by how it was found. */
import type { JsonResume } from "../../../../protocols/json-resume.ts";
import type { ResumeSection, SectionConfidence } from "../../../../protocols/resume-reading.ts";

const share = <A>(list: readonly A[], worth: (one: A) => number): number =>
  list.length === 0 ? 0 : list.reduce((sum, one) => sum + worth(one), 0) / list.length;
const has = (value: unknown, worth: number) =>
  value === undefined || value === null || value === "" ? 0 : worth;

/**
 * @param headed the sections that had a heading of their own
 * @param mixed two columns seem to be mixed: nothing is sure then
 */
export function confidenceOf(
  resume: JsonResume,
  headed: ReadonlySet<ResumeSection>,
  mixed: boolean,
): SectionConfidence {
  const { basics } = resume;
  const work = resume.work ?? [];
  const education = resume.education ?? [];
  const skills = (resume.skills ?? []).flatMap((skill) => skill.keywords ?? []);
  /** A section that nobody announced may be there all the same; one that was announced and came out empty was lost. */
  const list = (section: ResumeSection, sure: number, count: number) =>
    count === 0 ? (headed.has(section) ? 0.2 : 1) : headed.has(section) ? sure : sure * 0.6;
  const found: Record<ResumeSection, number> = {
    basics:
      has(basics?.name, 0.5) +
      has(basics?.email, 0.3) +
      Math.min(0.2, has(basics?.phone, 0.1) + has(basics?.location, 0.1)),
    summary: basics?.summary ? (headed.has("summary") ? 0.95 : 0.5) : headed.has("summary") ? 0.2 : 1,
    work:
      work.length === 0
        ? 0
        : (headed.has("work") ? 1 : 0.6) *
          share(
            work,
            (job) =>
              has(job.startDate, 0.4) +
              has(job.position, 0.3) +
              has(job.name, 0.2) +
              (job.highlights?.length ? 0.1 : 0),
          ),
    education:
      education.length === 0
        ? 0
        : (headed.has("education") ? 1 : 0.6) *
          share(
            education,
            (school) =>
              has(school.institution, 0.4) +
              has(school.studyType, 0.3) +
              has(school.endDate ?? school.startDate, 0.2) +
              has(school.area, 0.1),
          ),
    skills:
      skills.length === 0
        ? 0
        : (headed.has("skills") ? 1 : 0.6) *
          share(skills, (one) => (one.length <= 60 ? 1 : one.length <= 120 ? 0.6 : 0.3)),
    languages: list(
      "languages",
      share(resume.languages ?? [], (one) => 0.8 + has(one.fluency, 0.2)),
      resume.languages?.length ?? 0,
    ),
    certificates: list("certificates", 0.8, resume.certificates?.length ?? 0),
    projects: list(
      "projects",
      share(resume.projects ?? [], (one) =>
        has(one.name, 0.6) > 0 && (one.name?.length ?? 0) <= 120 ? 0.9 : 0.5,
      ),
      resume.projects?.length ?? 0,
    ),
  };
  return Object.fromEntries(
    Object.entries(found).map(([section, value]) => [
      section,
      Math.round(value * (mixed ? 0.5 : 1) * 100) / 100,
    ]),
  ) as SectionConfidence;
}

/** A JSON Resume says itself what is what. */
export const sureOfAll = (resume: JsonResume): SectionConfidence => ({
  basics: resume.basics?.name?.trim() ? 1 : 0.3,
  summary: 1,
  work: 1,
  education: 1,
  skills: 1,
  languages: 1,
  certificates: 1,
  projects: 1,
});
