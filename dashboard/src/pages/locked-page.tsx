/** E6: locked, and told plainly what happened and what comes next. */
import { Standing } from "../components/standing.tsx";

export function LockedPage({ strikes }: { strikes: number }) {
  return (
    <div className="mx-auto w-full max-w-2xl p-8" data-testid="locked-page">
      <section className="panel space-y-3 p-8" aria-labelledby="locked-title">
        <h1 id="locked-title" className="text-xl font-semibold">
          <span aria-hidden="true" className="text-bad-text mr-2">
            ▣
          </span>
          Your account is locked for review
        </h1>
        <p>
          The 4th missed review locks an account until a manager has looked at it. No review is sent to you
          meanwhile. Nothing was deleted, and your drafts were kept and passed on.
        </p>
        <p>
          <Standing strikes={strikes} withRule />
        </p>
        <p className="text-ink-soft">
          If something went wrong on our side, tell your manager; they see the evidence of each strike. This
          page opens by itself when the account is unlocked.
        </p>
      </section>
    </div>
  );
}
