/** Recent events in a panel of their own that scrolls. */
import type { FactLine } from "../../../protocols/api/http.ts";
import { FactList } from "./fact-list.tsx";

export function EventsPanel({ facts, empty }: { facts: readonly FactLine[]; empty: string }) {
  return (
    <section aria-label="Recent events" className="panel flex max-h-[40rem] flex-col">
      <h2 className="border-line border-b px-4 py-3 text-base font-semibold">Recent events</h2>
      <section
        className="overflow-y-auto"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Events, newest first"
      >
        <FactList facts={facts} empty={empty} />
      </section>
    </section>
  );
}
