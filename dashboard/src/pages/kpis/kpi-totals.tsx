/** The whole range in five figures, each with what it was in the period before. */
import type { KpiBucket } from "../../../../protocols/api/history.ts";
import { percent } from "../../components/percent.ts";

interface Props {
  readonly total: KpiBucket;
  readonly before: KpiBucket | null;
}

const perThousand = ({ strikes, assigned }: KpiBucket) =>
  assigned === 0 ? null : (1_000 * strikes) / assigned;

export function KpiTotals({ total, before }: Props) {
  const rate = (pick: (one: KpiBucket) => number | null, write: (value: number | null) => string) => ({
    now: write(pick(total)),
    change: changeOf(pick(total), before && pick(before), write),
  });
  const tiles = [
    {
      name: "Auto-apply rate",
      id: "auto",
      ...rate(({ autoRate }) => autoRate, percent),
      of: `${total.auto} by machine`,
    },
    {
      ...{ name: "Manual intervention", id: "manual" },
      ...rate(({ humanRate }) => humanRate, percent),
      of: `${total.humanApproved + total.humanRejected} by people`,
    },
    {
      name: "On time",
      id: "on-time",
      ...rate(({ onTimeRate }) => onTimeRate, percent),
      of: `${total.handled} completed`,
    },
    {
      ...{ name: "Strikes per 1,000", id: "strikes" },
      ...rate(perThousand, (value) => (value === null ? "–" : value.toFixed(1))),
      of: `${total.strikes} of ${total.assigned} assigned`,
    },
    {
      ...{ name: "Confirmed", id: "confirmed" },
      ...rate(
        ({ confirmed }) => confirmed,
        (value) => (value === null ? "–" : value.toLocaleString("en-GB")),
      ),
      of: `${total.failed} failed, ${total.duplicates} duplicates`,
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-4 lg:grid-cols-5">
      {tiles.map(({ name, id, now, change, of }) => (
        <div key={id} className="panel p-4" data-testid={`kpi-${id}`}>
          <dt className="text-ink-soft text-[13px] font-medium">{name}</dt>
          <dd className="text-2xl font-semibold">
            {now} <span className="text-ink-soft text-[13px] font-normal">{change}</span>
          </dd>
          <dd className="text-ink-soft text-[13px]">{of}</dd>
        </div>
      ))}
    </dl>
  );
}

/** "▲ from 94.2 %": which way, and from where. */
function changeOf(
  now: number | null,
  before: number | null,
  write: (value: number | null) => string,
): string {
  if (now === null || before === null) return "";
  return now === before ? "as before" : `${now > before ? "▲" : "▼"} from ${write(before)}`;
}
