/**
 * An actor's machine as a chart, with the state it is in now. Each region is drawn by itself, those of inner states beneath; what
 * it hears where it is stands in words beside it, for who cannot see the picture.
 */
import type { ActorDetail, Chart, ChartState } from "../../../../protocols/inspection.ts";
import { type Arrow, type Box, boxHeight, boxWidth, layoutRegion } from "./chart-layout.ts";

interface Props {
  readonly chart: Chart;
  readonly active: readonly string[];
}

export function Statechart({ chart, active }: Props) {
  const regions = chart.states.filter(({ type }) => type === "compound" || type === "parallel");
  // Those one is in first: the rest of a large machine can wait.
  const order = (region: ChartState) => (region.path === "" || active.includes(region.path) ? 0 : 1);
  const drawn = regions.filter(({ type }) => type === "compound").sort((a, b) => order(a) - order(b));
  return (
    <div data-testid="statechart" data-active={active.join(" ")} className="space-y-4">
      {drawn.map((region) => (
        <Region key={region.path} chart={chart} region={region} active={active} />
      ))}
    </div>
  );
}

function Region({ chart, region, active }: Props & { region: ChartState }) {
  const { boxes, arrows, x, y, width, height } = layoutRegion(chart, region.path);
  const now = boxes.filter(({ state }) => active.includes(state.path)).map(({ state }) => state.key);
  return (
    <figure
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={region.path === "" ? "The machine" : `Inside ${region.path}`}
      className="overflow-x-auto"
    >
      <figcaption className="eyebrow mb-1">
        {region.path === "" ? region.key : `Inside ${region.path.replaceAll(".", " › ")}`}
      </figcaption>
      <svg
        role="img"
        aria-label={`${boxes.length} states: ${boxes.map(({ state }) => state.key).join(", ")}. Now in ${now.join(", ") || "none of them"}.`}
        viewBox={`${x} ${y} ${width} ${height}`}
        style={{ width, maxWidth: "none" }}
      >
        <defs>
          <marker
            id="tip"
            viewBox="0 0 8 8"
            refX="6"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0,0 L8,4 L0,8 z" className="fill-line-strong" />
          </marker>
        </defs>
        {arrows.map((arrow) => (
          <Line key={`${arrow.from} ${arrow.to}`} arrow={arrow} fromHere={active.includes(arrow.from)} />
        ))}
        {boxes.map((box) => (
          <StateBox key={box.state.path} box={box} active={active.includes(box.state.path)} />
        ))}
      </svg>
    </figure>
  );
}

function Line({ arrow, fromHere }: { arrow: Arrow; fromHere: boolean }) {
  return (
    <g>
      <title>{arrow.all.join("\n")}</title>
      <path
        d={arrow.path}
        fill="none"
        markerEnd="url(#tip)"
        className={fromHere ? "stroke-ink" : "stroke-line-strong"}
        strokeWidth={fromHere ? 1.6 : 1}
      />
      <text
        x={arrow.labelX}
        y={arrow.labelY}
        textAnchor="middle"
        fontSize="10.5"
        className={`stroke-surface ${fromHere ? "fill-ink" : "fill-ink-soft"}`}
        strokeWidth="3"
        paintOrder="stroke"
      >
        {arrow.label}
      </text>
    </g>
  );
}

function StateBox({ box: { state, x, y }, active }: { box: Box; active: boolean }) {
  const inner = state.type === "compound" || state.type === "parallel";
  return (
    <g data-state={state.path} data-active={active || undefined}>
      <rect
        x={x}
        y={y}
        width={boxWidth}
        height={boxHeight}
        rx="8"
        strokeWidth={active ? 2 : 1}
        strokeDasharray={state.type === "final" || active ? undefined : "4 3"}
        className={active ? "fill-busy-soft stroke-busy" : "fill-surface stroke-line-strong"}
      />
      <text
        x={x + boxWidth / 2}
        y={y + boxHeight / 2 + 4}
        textAnchor="middle"
        fontSize="12.5"
        className={active ? "fill-busy-text font-semibold" : "fill-ink"}
      >
        {active ? "◐ " : state.initial ? "● " : ""}
        {state.key}
        {inner ? " …" : ""}
      </text>
    </g>
  );
}

/** What it hears where it is, and where that leads. */
export function StepsFromHere({ chart, active }: Pick<ActorDetail, "active"> & { chart: Chart }) {
  const here = chart.steps.filter(({ from }) => from === "" || active.includes(from));
  return (
    <ul className="text-[13px] wrap-anywhere" aria-label="What it hears now">
      {here.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a machine do not change while it is looked at
        <li key={i} className="border-line flex flex-wrap gap-x-2 border-b py-1 last:border-b-0">
          <span className="font-medium">{step.on || "at once"}</span>
          {step.guard && <span className="text-ink-soft">if {step.guard}</span>}
          <span className="text-ink-soft ml-auto">{step.to === null ? "stays" : `→ ${step.to}`}</span>
        </li>
      ))}
    </ul>
  );
}
