/** What happened, newest first, one readable line each. */
import type { FactLine } from "../../../protocols/api/http.ts";
import { useNow } from "../state/clock.ts";
import { moment } from "../state/time-text.ts";

/** "ApplicationSubmitted" -> "Application submitted". */
const words = (type: string) => {
  const spaced = type.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** What a fact says beyond its name, from the fields most facts have; the whole of it is in the line's title. */
function remark(fact: FactLine["fact"]): string {
  const job = fact.job;
  const offer = fact.offer;
  const title = field(job, "title") ?? field(offer, "title") ?? field(fact.posting, "title");
  const company = field(job, "company") ?? field(offer, "company") ?? field(fact.posting, "company");
  const score = fact.score;
  const points = typeof score === "object" && score !== null ? Reflect.get(score, "score") : undefined;
  return [
    title && company ? `${title} · ${company}` : (title ?? ""),
    typeof points === "number" ? points.toFixed(1) : "",
    field(fact, "outcome") ?? "",
    field(fact, "reason") ?? field(fact, "detail") ?? "",
    field(fact.proof, "reference") ?? "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === "string" && found !== "" ? found : undefined;
}

export function FactList({ facts, empty }: { facts: readonly FactLine[]; empty: string }) {
  const now = useNow();
  if (facts.length === 0) return <p className="text-ink-soft p-4">{empty}</p>;
  return (
    <ol className="divide-line divide-y" data-testid="fact-list">
      {facts.map((fact) => (
        <li key={fact.seq} className="flex gap-3 px-4 py-1.5" data-fact={fact.type}>
          <time className="text-ink-soft shrink-0" dateTime={new Date(fact.at).toISOString()}>
            {moment(fact.at, now)}
          </time>
          <span className="min-w-0 flex-1">
            <span className="font-medium">{words(fact.type)}</span>{" "}
            <span className="text-ink-soft break-words">{remark(fact.fact) || fact.about}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
