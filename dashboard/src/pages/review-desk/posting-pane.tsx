/** The posting, its requirements first: each with the line of the résumé that shows it, or said to be missing. */
import { useEffect, useRef } from "react";
import type { RequirementsPart } from "../../../../protocols/match-score.ts";
import type { Posting, Salary } from "../../../../protocols/posting.ts";
import type { Link } from "../../resume/evidence.ts";
import { ago } from "../../state/time-text.ts";
import { useDeskLinks } from "./desk-links.ts";

interface Props {
  readonly posting: Posting;
  readonly mustHaves: RequirementsPart | null;
  readonly niceToHaves: RequirementsPart | null;
  readonly now: number;
}

export function PostingPane({ posting, mustHaves, niceToHaves, now }: Props) {
  const posted = posting.datePosted ? Date.parse(posting.datePosted) : Number.NaN;
  return (
    <div className="space-y-4">
      <header>
        <p className="text-lg font-semibold">{posting.company}</p>
        <p className="text-ink-soft">
          {[
            posting.locations.join(", "),
            posting.remote === "yes" ? "remote" : posting.remote === "hybrid" ? "hybrid" : "",
            posting.employmentType,
            pay(posting.salary),
            Number.isNaN(posted) ? "" : `posted ${ago(now - posted)}`,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <a
          href={posting.url}
          target="_blank"
          rel="noreferrer noopener"
          className="text-accent-text underline underline-offset-2"
        >
          Open on the portal<span className="sr-only"> in a new tab</span> ↗
        </a>
      </header>
      {mustHaves && <Requirements title="Must have" part={mustHaves} must />}
      {niceToHaves && <Requirements title="Nice to have" part={niceToHaves} must={false} />}
      <section aria-label="Full text">
        <h3 className="eyebrow mb-1">Full text</h3>
        <p className="break-words whitespace-pre-line">{posting.description}</p>
      </section>
    </div>
  );
}

function Requirements({ title, part, must }: { title: string; part: RequirementsPart; must: boolean }) {
  if (part.found.length + part.missing.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="eyebrow mb-1">{title}</h3>
      <ul className="space-y-1.5">
        {part.missing.map((requirement) => (
          <li key={requirement} className="flex gap-2">
            <span aria-hidden="true" className="text-bad-text">
              ✗
            </span>
            <span>
              {requirement} <span className="text-bad-text">not found</span>
            </span>
          </li>
        ))}
        {part.found.map(({ requirement, evidence }) => (
          <Found key={requirement} link={{ requirement, evidence, must }} />
        ))}
      </ul>
    </section>
  );
}

/** Pressed, it shows the line of the résumé that meets it. */
function Found({ link }: { link: Link }) {
  const { chosen, choose } = useDeskLinks();
  const item = useRef<HTMLLIElement>(null);
  const pointedAt = chosen?.requirement === link.requirement;
  useEffect(() => {
    if (pointedAt) item.current?.scrollIntoView({ block: "nearest" });
  }, [pointedAt]);
  return (
    <li
      ref={item}
      className={`rounded ${pointedAt ? "bg-accent-soft" : ""}`}
      data-pointed={pointedAt || undefined}
    >
      <button
        type="button"
        aria-pressed={pointedAt}
        title="Show the line of the résumé"
        onClick={() => choose(pointedAt ? null : link)}
        className="flex w-full gap-2 rounded text-left hover:underline"
      >
        <span aria-hidden="true" className="text-good-text">
          ✓
        </span>
        <span className="min-w-0">
          {link.requirement}
          <span className="sr-only">, found: </span>
          <span className="text-ink-soft block text-[13px]">{link.evidence}</span>
        </span>
      </button>
    </li>
  );
}

function pay(salary: Salary | null): string {
  if (!salary || (salary.min === null && salary.max === null)) return "";
  const figure = (n: number) => (n >= 10_000 ? `${Math.round(n / 1_000)} k` : String(n));
  const range = [salary.min, salary.max]
    .filter((n) => n !== null)
    .map(figure)
    .join("–");
  return [range, salary.currency, salary.unit && `a ${salary.unit}`].filter(Boolean).join(" ");
}
