/** Recent events in a panel of their own that scrolls. */
import type { FactLine } from "../../../protocols/api/http.ts";
import { FactList } from "./fact-list.tsx";
import { Panel } from "./panel.tsx";

interface Props {
  readonly facts: readonly FactLine[];
  readonly empty: string;
  readonly className?: string;
}

export function EventsPanel({ facts, empty, className = "max-h-[40rem]" }: Props) {
  return (
    <Panel title="Recent events" asOf={facts[0]?.at ?? null} className={className}>
      <section
        className="overflow-y-auto"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Events, newest first"
      >
        <FactList facts={facts} empty={empty} />
      </section>
    </Panel>
  );
}
