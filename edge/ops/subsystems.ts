/** The parts of the system as rows of figures, each with a word for its state and why. The limits are the ones alarms use. */
import type { Subsystem } from "../../protocols/api/ops.ts";
import type { FigureSamples } from "./figure-samples.ts";

type Row = Omit<Subsystem, "since">;
type Verdict = readonly [state: Subsystem["state"], why: string];

const ok: Verdict = ["ok", ""];
const perMinute = (perSecond: number | null) => (perSecond === null ? null : perSecond * 60);
const figure = (value: number | null, unit: string) => (value === null ? null : { value, unit });
const ms = (seconds: number | null) => (seconds === null ? null : seconds * 1_000);
const share = (part: number | null, whole: number | null) =>
  part === null || whole === null || whole === 0 ? null : (100 * part) / whole;
const warnIf = (when: boolean, why: string): Verdict => (when ? ["warn", why] : ok);

/** Rows in the order of the way of a job. `since` is when this edge first saw the row in its state. */
export function createSubsystems(figures: FigureSamples): () => Subsystem[] {
  const seen = new Map<string, { state: string; since: number }>();
  const rows = [dispatcher, gateway, scrapers, appliers, actors, timers, bus];
  return () =>
    rows.map((row) => {
      const shown = row(figures);
      const before = seen.get(shown.name);
      const since = before?.state === shown.state ? before.since : Date.now();
      seen.set(shown.name, { state: shown.state, since });
      return { ...shown, since };
    });
}

function dispatcher(f: FigureSamples): Row {
  const waiting = f.shared("callboard_stream_messages", { stream: "REVIEWS" });
  const oldest = f.shared("callboard_oldest_review_seconds");
  const assigned = { type: "ReviewAssigned" };
  const parked = f.now("callboard_parked_actors", { kind: "dispatcher" });
  const [state, why]: Verdict =
    parked > 0
      ? ["down", "A dispatcher is stopped by its supervisor: nobody gets reviews of its queue."]
      : warnIf(oldest > 600, `The oldest review waits for ${Math.round(oldest / 60)} min.`);
  return {
    name: "Dispatcher",
    ...{ state, why },
    rate: figure(perMinute(f.rate("callboard_facts_total", assigned)), "assigned/min"),
    errors: figure(f.grown("callboard_turn_failures_total", { kind: "dispatcher" }), "failed turns/h"),
    p95Ms: ms(f.quantile("callboard_turn_seconds", 0.95, { kind: "dispatcher" })),
    queue: figure(waiting, "waiting"),
    series: f.series("callboard_facts_total", assigned),
  };
}

function gateway(f: FigureSamples): Row {
  const name = "callboard_http_request_seconds";
  const sockets = f.now("callboard_websocket_sessions");
  const requests = f.countRate(name);
  const failed = f.countRate(name, { status: "503" });
  const errors = share(failed, requests);
  const [state, why] = warnIf((errors ?? 0) > 1, "More than 1 % of the requests were answered with 503.");
  return {
    name: "Gateway",
    ...{ state, why },
    rate: figure(requests, "requests/s"),
    errors: figure(errors, "% failed"),
    p95Ms: ms(f.quantile(name, 0.95)),
    queue: figure(sockets, "sockets"),
    series: f.countSeries(name),
  };
}

function scrapers(f: FigureSamples): Row {
  const open = f.now("callboard_breakers", { kind: "portal", state: "open" });
  const found = { type: "JobListed" };
  const [state, why] = warnIf(
    open > 0,
    `${open} ${open === 1 ? "board is" : "boards are"} blocked: see Breakers.`,
  );
  return {
    name: "Scrapers",
    ...{ state, why },
    rate: figure(perMinute(f.rate("callboard_facts_total", found)), "jobs/min"),
    errors: figure(f.grown("callboard_facts_total", { type: "PortalBlocked" }), "blocked/h"),
    p95Ms: ms(f.quantile("callboard_task_seconds", 0.95, { task: "discover" })),
    queue: figure(open, "open breakers"),
    series: f.series("callboard_facts_total", found),
  };
}

function appliers(f: FigureSamples): Row {
  const sent = { type: "ApplicationSubmitted" };
  const open = f.now("callboard_breakers", { kind: "applier", state: "open" });
  const failed = f.grown("callboard_facts_total", { type: "ApplicationFailed" });
  const [state, why] = warnIf(open > 0, `${open} ${open === 1 ? "bot pauses" : "bots pause"}: see Breakers.`);
  return {
    name: "Apply",
    ...{ state, why },
    rate: figure(perMinute(f.rate("callboard_facts_total", sent)), "sent/min"),
    errors: figure(failed, "failed/h"),
    p95Ms: ms(f.quantile("callboard_task_seconds", 0.95, { task: "submitApplication" })),
    queue: figure(f.now("callboard_mailbox_depth", { kind: "applier" }), "in mailboxes"),
    series: f.series("callboard_facts_total", sent),
  };
}

/** Longer than another node needs to go on where one was killed. */
const longestUnheardSeconds = 15;

function actors(f: FigureSamples): Row {
  const waiting = f.now("callboard_mailbox_depth");
  const parked = f.now("callboard_parked_actors");
  const nodes = f.shared("callboard_live_nodes");
  const unheard = f.shared("callboard_oldest_command_seconds");
  const [state, why]: Verdict =
    nodes === 0
      ? ["down", "No node has a lease: nothing is decided."]
      : unheard > longestUnheardSeconds
        ? [
            "down",
            `No node has taken in what edges tell for ${Math.round(unheard)} s: nobody can do anything.`,
          ]
        : warnIf(parked > 0, `${parked} stopped by their supervisor: see Actors.`);
  return {
    name: "Actors",
    ...{ state, why },
    rate: figure(f.rate("callboard_turns_total"), "turns/s"),
    errors: figure(f.grown("callboard_turn_failures_total"), "failed turns/h"),
    p95Ms: ms(f.quantile("callboard_turn_seconds", 0.95)),
    queue: figure(waiting, "in mailboxes"),
    series: f.series("callboard_turns_total"),
  };
}

function timers(f: FigureSamples): Row {
  const late = "callboard_timer_lateness_seconds";
  const p95 = ms(f.quantile(late, 0.95));
  const [state, why] = warnIf((p95 ?? 0) > 1_000, "Timers fire more than a second late.");
  return {
    name: "Timers",
    ...{ state, why },
    rate: figure(f.countRate(late), "fired/s"),
    errors: figure(f.below(late, 0.25).all - f.below(late, 0.25).below, "late > 250 ms"),
    p95Ms: p95,
    queue: null,
    series: f.countSeries(late),
  };
}

function bus(f: FigureSamples): Row {
  const dead = f.shared("callboard_stream_messages", { stream: "DEAD" });
  const [state, why] = warnIf(
    dead > 0,
    `${dead} dead ${dead === 1 ? "letter" : "letters"}: see Dead letters.`,
  );
  return {
    name: "Bus",
    ...{ state, why },
    rate: figure(f.rate("callboard_messages_total"), "messages/s"),
    errors: figure(f.grown("callboard_redeliveries_total"), "redelivered/h"),
    p95Ms: null,
    queue: figure(f.shared("callboard_stream_messages", { stream: "ACTS" }), "kept in ACTS"),
    series: f.series("callboard_messages_total"),
  };
}
