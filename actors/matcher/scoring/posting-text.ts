/** A posting that comes as text and not from a portal: its title, if it has one, and what is below. */
import type { Posting } from "../../../protocols/posting.ts";

/** The posting as scoring needs it. An empty `title` means that the text does not say what the job is called. */
export type ScoredPosting = Pick<Posting, "title" | "description" | "datePosted">;

/** A title is a line of its own above the text: short, no sentence, no heading of a section. */
export function postingFromText(text: string): ScoredPosting {
  const [first = "", ...rest] = text.replace(/^\s+/, "").split(/\r?\n/);
  const title = first.replace(/^#+\s*|\*\*/g, "").trim();
  const named =
    title.length >= 3 &&
    title.length <= 100 &&
    rest.some((line) => line.trim() !== "") &&
    !/[.!?:]$/.test(title) &&
    !/^(job description|description|about|overview|summary|requirements|responsibilities)\b.{0,20}$/i.test(
      title,
    );
  return named
    ? { title, description: rest.join("\n"), datePosted: null }
    : { title: "", description: text, datePosted: null };
}
