/** Whether the page is live. "The system is down" and "I cannot see the system" are not the same, so it says which. */
import { freshness } from "../state/freshness.ts";
import { paused, togglePause } from "../state/paused.ts";
import { useStore } from "../state/store.ts";
import { clockTime } from "../state/time-text.ts";

/** After so many tries in vain the page no longer claims to be merely reconnecting. */
const hopeful = 4;

export function FreshnessStrip() {
  const { link, attempt, upstreamLostAt, heardAt, roundTripMs, seq } = useStore(freshness, (now) => now);
  const held = useStore(paused, (now) => now);
  const shown = heardAt === null ? "" : ` Showing ${clockTime(heardAt)}.`;
  return (
    <p role="status" data-testid="freshness" data-link={link} className="text-ink-soft text-[13px]">
      {link === "open" && upstreamLostAt !== null ? (
        <span className="text-bad-text">
          <span aria-hidden="true">▲ </span>The system has been down since {clockTime(upstreamLostAt)}.
          Nothing on this page is current.
        </span>
      ) : link === "open" && held ? (
        <button type="button" className="text-warn-text rounded" onClick={togglePause}>
          <span aria-hidden="true">‖ </span>Paused. Go on <kbd className="key">.</kbd>
        </button>
      ) : link === "open" ? (
        <>
          <span aria-hidden="true" className="text-good">
            ●{" "}
          </span>
          Live
          <span aria-hidden="true">
            {roundTripMs === null ? "" : ` · ${Math.round(roundTripMs)} ms`}
            {seq === null ? "" : ` · seq ${seq}`}
          </span>
        </>
      ) : link === "connecting" ? (
        <>
          <span aria-hidden="true">◌ </span>Connecting…
        </>
      ) : attempt <= hopeful ? (
        <span className="text-warn-text">
          <span aria-hidden="true">◌ </span>Reconnecting ({attempt})…{shown}
        </span>
      ) : (
        <span className="text-bad-text">
          <span aria-hidden="true">○ </span>Cannot reach server. Nothing on this page is current.{shown}
        </span>
      )}
    </p>
  );
}
