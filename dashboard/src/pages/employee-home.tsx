/** An employee's one place: locked, a review in hand, or ready. Which of them is decided by the server's word alone. */
import { useEffect, useState } from "react";
import { Notice } from "../components/notice.tsx";
import { mine } from "../state/my-state.ts";
import { useStore } from "../state/store.ts";
import { LastReview } from "./last-review.tsx";
import { LockedPage } from "./locked-page.tsx";
import { ReadyPage } from "./ready/ready-page.tsx";
import { ReviewDeskPage } from "./review-desk/review-desk-page.tsx";

export function EmployeeHome() {
  const { now, ended } = useStore(mine, (state) => state);
  const offer = now?.offer ?? null;
  const inHand = offer ? `${offer.application} ${offer.assignment}` : null;

  const [arrived, setArrived] = useState<string | null>(null);
  const because = now?.because?.type;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each review that comes, not for each news of it
  useEffect(() => {
    if (because !== "Offered" || !offer) return;
    setArrived(inHand);
    const timer = setTimeout(() => setArrived(null), 1_500);
    return () => clearTimeout(timer);
  }, [inHand]);

  if (!now)
    return (
      <div className="p-6">
        <Notice tone="plain">Asking how you stand…</Notice>
      </div>
    );
  return (
    <>
      {ended && <LastReview ending={ended} mine={now} />}
      {arrived === inHand && offer && <Arrival title={offer.title} company={offer.company} />}
      {now.status === "locked" ? (
        <LockedPage of={now} />
      ) : offer ? (
        <ReviewDeskPage key={inHand} offer={offer} />
      ) : (
        <ReadyPage mine={now} />
      )}
    </>
  );
}

/** E2. It takes no clicks, so that whoever is quick is not held up. */
function Arrival({ title, company }: { title: string; company: string }) {
  return (
    <div
      role="status"
      data-testid="arrival"
      className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-black/30"
    >
      <div className="panel px-10 py-8 text-center">
        <p className="eyebrow">A review for you</p>
        <p className="mt-1 text-2xl font-semibold">{title}</p>
        <p className="text-ink-soft">{company}</p>
      </div>
    </div>
  );
}
