/** Cuts a résumé's lines at its headings. */
import type { TextLine } from "../text-line.ts";
import { headingOf, isHalfHeading, type Part } from "./headings.ts";

export interface Section {
  /** "top" is what stands above the first heading. */
  readonly part: Part | "top";
  readonly title: string;
  readonly lines: readonly TextLine[];
}

export function sectionsOf(lines: readonly TextLine[]): { sections: Section[]; mixed: boolean } {
  const sections: { part: Part | "top"; title: string; lines: TextLine[] }[] = [
    { part: "top", title: "", lines: [] },
  ];
  let mixed = false;
  for (const line of lines) {
    const section = sections.at(-1);
    if (section === undefined) break;
    const heading = headingOf(line, section.part);
    if (heading === undefined) {
      section.lines.push(line);
      continue;
    }
    mixed ||= heading.mixed;
    const above = section.lines.at(-1);
    const half =
      above !== undefined && !/\d/.test(above.text) && isHalfHeading(above.text) && above.size === line.size;
    if (half) section.lines.pop();
    sections.push({
      part:
        half && above
          ? (headingOf({ ...line, text: `${above.text} ${line.text}` }, section.part)?.part ?? heading.part)
          : heading.part,
      title: half && above ? `${above.text} ${heading.title}` : heading.title,
      lines: heading.rest === "" ? [] : [{ ...line, text: heading.rest, bold: false, heading: false }],
    });
  }
  return { sections, mixed };
}
