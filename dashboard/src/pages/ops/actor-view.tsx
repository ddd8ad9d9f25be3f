/** One actor, looked at again each second: its chart with the state it is in, its mail and timers, what it holds and said. */
import { useCallback } from "react";
import type { ActorShown } from "../../../../protocols/api/ops.ts";
import type { ActorDetail } from "../../../../protocols/inspection.ts";
import { call } from "../../api/call.ts";
import { Panel } from "../../components/panel.tsx";
import { useNow } from "../../state/clock.ts";
import { type Polled, usePolled } from "../../state/polled.ts";
import { linkTo } from "../../state/route.ts";
import { ago, duration, moment } from "../../state/time-text.ts";
import { ResumeForm } from "./resume-form.tsx";
import { Statechart, StepsFromHere } from "./statechart.tsx";

export function ActorView({ address }: { address: string }) {
  const ask = useCallback(() => call("actor", { params: { address } }), [address]);
  const polled = usePolled(ask, 1_000);
  const actor = polled.value?.actor;
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5" data-testid="actor-view">
      <h1 className="flex flex-wrap items-baseline gap-3 text-lg font-semibold">
        <a className="text-accent-text font-normal hover:underline" href={linkTo("actors")}>
          Actors
        </a>
        <span aria-hidden="true" className="text-ink-soft">
          ›
        </span>
        <span className="break-all">{address}</span>
        {actor && <span className="text-ink-soft text-sm font-normal">{actor.version}</span>}
      </h1>
      {actor?.paused != null && <Stopped address={address} reason={actor.paused} />}
      <Panel
        title="Machine"
        detail={actor && `now in ${actor.state}`}
        asOf={polled.at}
        problem={polled.problem}
        testId="machine"
      >
        {actor ? (
          <Machine actor={actor} />
        ) : (
          <p className="text-ink-soft p-4">{polled.problem || "Looking…"}</p>
        )}
      </Panel>
      {actor && <Rest actor={actor} polled={polled} />}
    </div>
  );
}

function Machine({ actor: { chart, active, version } }: { actor: ActorDetail }) {
  if (chart === null)
    return (
      <p className="text-ink-soft p-4">
        It still runs {version}, which this build does not draw. It is in {active.join(", ") || "no state"}.
      </p>
    );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 p-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0">
        <Statechart chart={chart} active={active} />
      </div>
      <div className="min-w-0">
        <h3 className="eyebrow mb-1">What it hears now</h3>
        <StepsFromHere chart={chart} active={active} />
      </div>
    </div>
  );
}

function Stopped({ address, reason }: { address: string; reason: string }) {
  return (
    <section aria-label="Stopped" className="panel border-warn space-y-2 p-4">
      <p>
        <span aria-hidden="true" className="text-warn-text">
          ▲{" "}
        </span>
        Stopped by its supervisor, with its mailbox: {reason}
      </p>
      <ResumeForm address={address} />
    </section>
  );
}

function Rest({ actor, polled }: { actor: ActorDetail; polled: Polled<ActorShown> }) {
  const now = useNow();
  const said = polled.value?.said ?? [];
  const facts: ReadonlyArray<readonly [string, string]> = [
    ["Owner", `${actor.owner ?? "nobody yet"}, partition ${actor.partition}`],
    ["Last turn", ago(now - actor.lastTurnAt)],
    ["Mailbox", `${actor.mail} waiting${actor.parked ? `, ${actor.parked} set aside` : ""}`],
    ["Waiting", actor.waiting.join(", ") || "nothing"],
    ["Attempts", actor.attempts === 0 ? "none pending" : `${actor.attempts} at the message in hand`],
    ["Ignored", `${actor.ignored} that no state handled`],
    ["Tasks", actor.tasks.join(", ") || "none runs"],
    [
      "Timers",
      actor.timers.map(({ event, dueAt }) => `${event} in ${duration(dueAt - now)}`).join(", ") || "none",
    ],
  ];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 xl:grid-cols-[repeat(3,minmax(0,1fr))]">
      <Panel title="Facts" asOf={polled.at} problem={polled.problem}>
        <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 p-4">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title="Holds" detail="people's words are hidden" asOf={polled.at} problem={polled.problem}>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-[28rem] overflow-auto p-4 font-mono text-[12px] whitespace-pre-wrap break-all"
        >
          {JSON.stringify(actor.context, null, 1)}
        </pre>
      </Panel>
      <Panel title="Said" detail="newest first" asOf={polled.at} problem={polled.problem}>
        <ol
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="What it said"
          className="divide-line max-h-[28rem] divide-y overflow-auto"
        >
          {said.map(({ seq, at, type, about }) => (
            <li key={seq} className="flex gap-3 px-4 py-1.5">
              <time className="text-ink-soft shrink-0" dateTime={new Date(at).toISOString()}>
                {moment(at, now)}
              </time>
              <span className="min-w-0 wrap-anywhere">
                {type} <span className="text-ink-soft">{about}</span>
              </span>
            </li>
          ))}
          {said.length === 0 && <li className="text-ink-soft p-4">Nothing that was kept.</li>}
        </ol>
      </Panel>
    </div>
  );
}
