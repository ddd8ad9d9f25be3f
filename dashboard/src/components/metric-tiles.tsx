/** The live figures of the whole house, the same for an employee and a manager: the latter also sees the rates. */

import { metrics } from "../state/metrics.ts";
import { useCurrent } from "../state/paused.ts";
import { useStore } from "../state/store.ts";
import { percent } from "./percent.ts";
import { Sparkline } from "./sparkline.tsx";
import { Tile } from "./tile.tsx";

export function LiveTiles() {
  const live = useStore(metrics, (now) => now.live);
  const history = useStore(metrics, (now) => now.history);
  const stale = !useCurrent();
  return (
    <>
      <Tile
        name="Active scrapers"
        testId="tile-active-scrapers"
        stale={stale}
        value={live ? live.activeScrapers : "–"}
        unit={live ? `/ ${live.totalScrapers}` : undefined}
        detail={
          !live
            ? "waiting for the first measurement"
            : live.activeScrapers === live.totalScrapers
              ? "all portals are being watched"
              : `${live.totalScrapers - live.activeScrapers} blocked or silent`
        }
      />
      <Tile
        name="Jobs found"
        testId="tile-jobs-per-minute"
        stale={stale}
        value={live ? round(live.jobsFoundPerMinute) : "–"}
        unit="/ min"
        detail="new, over the last five minutes"
      >
        <Sparkline label="Jobs found per minute, lately" values={history.map((h) => h.jobsFoundPerMinute)} />
      </Tile>
      <Tile
        name="Pending reviews"
        testId="tile-pending-reviews"
        stale={stale}
        value={live ? live.pendingReviews : "–"}
        detail={live ? `${live.employeesOnline} reviewers online` : ""}
      >
        <Sparkline label="Pending reviews, lately" values={history.map((h) => h.pendingReviews)} />
      </Tile>
    </>
  );
}

export function KpiTiles() {
  const kpis = useStore(metrics, (now) => now.kpis);
  const stale = !useCurrent();
  return (
    <>
      <Tile
        name="Auto-apply rate"
        testId="tile-auto-apply-rate"
        stale={stale}
        value={percent(kpis?.autoApplyRate)}
        detail={kpis ? `${kpis.autoApproved} approved by the machine` : "no decision yet"}
      >
        <ShareBar share={kpis?.autoApplyRate ?? null} />
      </Tile>
      <Tile
        name="Manual intervention rate"
        testId="tile-manual-rate"
        stale={stale}
        value={percent(kpis?.manualRate)}
        detail={kpis ? `${kpis.reviewed} reviewed by people` : "no decision yet"}
      />
    </>
  );
}

/** Machine against people in one bar, so that both visibly add up. */
function ShareBar({ share }: { share: number | null }) {
  if (share === null) return null;
  return (
    <div aria-hidden="true" className="mb-2 flex h-2 w-24 overflow-hidden rounded-full">
      <div className="bg-good" style={{ width: `${share * 100}%` }} />
      <div className="bg-busy ml-px flex-1" />
    </div>
  );
}

const round = (n: number) => (n >= 10 ? Math.round(n) : Math.round(n * 10) / 10);
