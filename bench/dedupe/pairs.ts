/** The labelled pairs: what boards do to one job's posting, and what makes another job of it. */
import type { Posting } from "../../protocols/posting.ts";
import { type Employer, employers, type Role } from "./employers.ts";

export interface Pair {
  readonly half: Employer["half"];
  /** The same job? */
  readonly same: boolean;
  /** Which variation it shows. */
  readonly why: string;
  readonly a: Posting;
  readonly b: Posting;
}

interface Change {
  readonly why: string;
  readonly same: boolean;
  readonly portal?: string;
  readonly title?: string;
  readonly company?: string;
  readonly locations?: readonly string[];
  readonly remote?: Posting["remote"];
  readonly description?: string;
}

const postingOf = (employer: Employer, role: Role, n: number): Posting => ({
  id: `p${n}`,
  portal: "greenhouse-board",
  externalId: String(n),
  title: role.title,
  company: employer.name,
  locations: [employer.town],
  remote: "unknown",
  employmentType: "",
  salary: null,
  datePosted: null,
  description: [...employer.about, ...role.duties].join("\n"),
  descriptionHtml: "",
  region: "eu",
  url: `https://example.org/${n}`,
  applyUrl: `https://example.org/${n}`,
  fingerprint: `f${n}`,
});

function changesOf(employer: Employer, role: Role): readonly Change[] {
  const { title } = role;
  const text = [...employer.about, ...role.duties];
  const other = [...employer.about, ...role.otherTeam].join("\n");
  const seniorTitle = /^(?:Senior|Junior) /.test(title)
    ? title.replace(/^(?:Senior|Junior) /, "")
    : `Senior ${title}`;
  const short = title
    .replace("Senior", "Sr.")
    .replace("Junior", "Jr.")
    .replace("Front-End", "Frontend")
    .replace(/ III$/, " 3")
    .replace(/ II$/, " 2");
  const teaser = `${text.slice(2, 5).join(" ").slice(0, 330)} …`;
  const town = employer.town.split(",")[0] ?? "";
  const same = (why: string, change: Omit<Change, "why" | "same">): Change => ({
    why,
    same: true,
    ...change,
  });
  const differs = (why: string, change: Omit<Change, "why" | "same">): Change => ({
    why,
    same: false,
    ...change,
  });
  return [
    ...employer.alsoCalled.map((company) => same("employer written otherwise", { company })),
    ...employer.sameTown.map((place) => same("place written otherwise", { locations: [place] })),
    same("gender mark", { title: `${title} (m/w/d)` }),
    same("all genders", { title: `${title} (all genders)` }),
    same("remote mark in the title", { title: `${title} (Remote)` }),
    same("town in the title", { title: `${title} - ${town}` }),
    same("town and mark in the title", { title: `${title}, ${town} (f/m/x)` }),
    same("full-time in the title", { title: `${title} - Full-time` }),
    same("number in the title", { title: `${title} (R-20417)` }),
    same("short forms", { title: short }),
    same("capitals and blanks", { title: `  ${title.toUpperCase()} ` }),
    same("teaser only", { description: teaser }),
    same("teaser, employer and place otherwise", {
      description: teaser,
      company: employer.alsoCalled[0] ?? "",
      locations: [employer.sameTown[0] ?? ""],
    }),
    same("headings added, lines moved", {
      description: [
        "What you do",
        ...role.duties,
        "Who we are",
        ...employer.about,
        "Apply now with your CV.",
      ].join("\n"),
    }),
    same("two sentences edited", {
      description: text.map((line, i) => (i % 4 === 1 ? `${line} This is new for 2027.` : line)).join("\n"),
    }),
    same("a place missing", { locations: [] }),
    same("one of several towns", { locations: [employer.town, employer.otherTown] }),
    same("repost on the same board", { portal: "greenhouse-board" }),
    same("everything at once", {
      title: `${short} (m/f/d) - ${town}`,
      company: employer.alsoCalled[1] ?? "",
      locations: [employer.sameTown[1] ?? ""],
      description: ["About the job", ...text, "We look forward to hearing from you."].join("\n"),
    }),
    differs("other seniority", { title: seniorTitle }),
    differs("lead", { title: `Lead ${title.replace(/^(?:Senior|Junior) /, "")}` }),
    differs("manager of it", { title: `Head of ${title}` }),
    differs("intern", { title: `${title} Intern` }),
    differs("other town", { locations: [employer.otherTown] }),
    differs("other town, marks added", {
      title: `${title} (m/w/d)`,
      locations: [`${employer.otherTown} (Hybrid)`],
    }),
    differs("other town, same board", { portal: "greenhouse-board", locations: [employer.otherTown] }),
    differs("other country", { locations: ["Lisbon, Portugal"] }),
    differs("other employer", { company: "Marlowe Foods" }),
    differs("other employer of like name", { company: `${employer.name.split(" ")[0]} Capital` }),
    differs("other team, same title and town, same board", {
      portal: "greenhouse-board",
      description: other,
    }),
    differs("other team, employer written otherwise", {
      description: other,
      company: employer.alsoCalled[2] ?? "",
    }),
    differs("other team, gender mark", { description: other, title: `${title} (m/w/d)` }),
    differs("only remote, only on site", { locations: ["Remote"], remote: "yes" }),
    differs("other speciality", { title: `${title}, Emerging Markets` }),
  ];
}

export const pairs: readonly Pair[] = employers.flatMap((employer) => [
  ...employer.roles.flatMap((role, n) => {
    const a = postingOf(employer, role, n);
    return changesOf(employer, role).map(({ why, same, ...change }, i): Pair => {
      const onSite = why === "only remote, only on site";
      return {
        half: employer.half,
        same,
        why,
        a: onSite ? { ...a, remote: "no" } : a,
        b: { ...a, portal: "careers-site", externalId: `b${i}`, ...change },
      };
    });
  }),
  // Two roles of one employer are two jobs.
  ...employer.roles.slice(1).map(
    (role, n): Pair => ({
      half: employer.half,
      same: false,
      why: "other role",
      a: postingOf(employer, employer.roles[0] ?? role, 0),
      b: postingOf(employer, role, n + 1),
    }),
  ),
]);
