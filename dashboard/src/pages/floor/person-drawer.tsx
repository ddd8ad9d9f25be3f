/** A card of the floor opened: what this person has in hand, how it goes, and what the manager may do; each asks for a reason. */
import { useCallback } from "react";
import type { EmployeeRow } from "../../../../protocols/api/http.ts";
import type { Offer } from "../../../../protocols/employee.ts";
import { call } from "../../api/call.ts";
import { FactList } from "../../components/fact-list.tsx";
import { PersonStateMark } from "../../components/person-state.tsx";
import { ReasonForm } from "../../components/reason-form.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { Standing } from "../../components/standing.tsx";
import { usePolled } from "../../state/polled.ts";
import { linkTo } from "../../state/route.ts";
import { InHand, personState } from "./person-card.tsx";

export function PersonDrawer({ row, onClose }: { row: EmployeeRow; onClose: () => void }) {
  return (
    <Sheet drawer title={row.name} testId="person-drawer" onClose={onClose}>
      <div className="space-y-5">
        <p className="flex flex-wrap items-center gap-x-4">
          <PersonStateMark state={personState(row)} /> <Standing of={row} withRule />
          <a
            className="text-accent-text rounded hover:underline"
            href={linkTo("people", row.employee)}
            onClick={onClose}
          >
            Day, figures, all work
          </a>
        </p>
        {row.status === "locked" && (
          <ReasonForm
            label={`Your decision about ${row.name}; they read it.`}
            choices={[
              {
                name: "Unlock",
                act: (reason) => call("unlock", { params: { employee: row.employee }, body: { reason } }),
              },
            ]}
          />
        )}
        {row.offer ? (
          <Assignment key={row.offer.application} offer={row.offer} />
        ) : (
          <p className="text-ink-soft">Nothing in hand.</p>
        )}
      </div>
    </Sheet>
  );
}

function Assignment({ offer }: { offer: Offer }) {
  const { application } = offer;
  const ask = useCallback(() => call("application", { params: { application } }), [application]);
  const { value, problem } = usePolled(ask, 2_500);
  const own = value?.history.filter(({ at }) => at >= offer.assignedAt - 1_000) ?? [];
  const drafts = own.filter(({ type }) => type === "DraftSaved").length;
  return (
    <section aria-label="In hand" className="space-y-3">
      <InHand offer={offer} />
      <p className="text-ink-soft">
        For {offer.candidateName}, match {offer.score.toFixed(1)} ·{" "}
        {drafts === 0 ? "no draft saved yet" : `${drafts} ${drafts === 1 ? "draft" : "drafts"} saved`}
      </p>
      <ReasonForm
        label="Your hand on it: why? It is kept, and they read it."
        choices={[
          {
            name: "+5 min",
            act: (reason) => call("giveTime", { params: { application }, body: { minutes: 5, reason } }),
          },
          {
            name: "Take back, no strike",
            act: (reason) => call("takeBack", { params: { application }, body: { reason } }),
          },
        ]}
      />
      <h3 className="eyebrow">This assignment</h3>
      <div className="-mx-4">
        <FactList
          facts={[...own].reverse()}
          empty={problem || (value ? "Nothing was said yet." : "Fetching…")}
        />
      </div>
    </section>
  );
}
