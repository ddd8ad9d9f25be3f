/** E6: locked, and told plainly what happened, what is recorded of it, and what comes next. */
import { countsAsStrike } from "../../../protocols/strike.ts";
import { MissList } from "../components/miss-list.tsx";
import { Panel } from "../components/panel.tsx";
import { Standing, type Strikes } from "../components/standing.tsx";
import { useLedger } from "../state/my-ledger.ts";
import { linkTo } from "../state/route.ts";

export function LockedPage({ of }: { of: Strikes }) {
  const { entries, at, problem, value, reload } = useLedger("me");
  const counted = entries.filter(countsAsStrike);
  return (
    <div className="mx-auto w-full max-w-3xl space-y-5 p-8" data-testid="locked-page">
      <section className="panel space-y-3 p-7" aria-labelledby="locked-title">
        <h1 id="locked-title" className="text-xl font-semibold">
          <span aria-hidden="true" className="text-bad-text mr-2">
            ▣
          </span>
          Your account is locked for review
        </h1>
        <p>
          {of.lockAtStrike} missed reviews lock an account until a manager has looked at it. No review is sent
          to you meanwhile. Nothing was deleted, and your drafts were kept and passed on.
        </p>
        <p>
          <Standing of={of} withRule />
        </p>
        <p className="text-ink-soft">
          A manager sees what is written below, and decides with a reason that you will read. If something
          went wrong on our side, say so below. This page opens by itself when the account is unlocked;{" "}
          <a className="text-accent-text underline underline-offset-2" href={linkTo("record")}>
            your record
          </a>{" "}
          stays open to you.
        </p>
      </section>
      <Panel title="What happened" asOf={at} problem={problem}>
        {counted.length === 0 ? (
          <p className="text-ink-soft p-4">{value ? "No missed review is on record yet." : "Fetching…"}</p>
        ) : (
          <MissList entries={counted} openFirst onAppealed={reload} />
        )}
      </Panel>
    </div>
  );
}
