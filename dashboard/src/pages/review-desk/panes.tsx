/** Three panes side by side whose widths the person chooses, with the pointer or the arrow keys; the choice stays in this browser. */
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";

const key = "callboard.desk-panes";
const first: readonly [number, number] = [0.26, 0.48];
const least = 0.15;

/** Shares of the width of the first two panes; the third has the rest. */
function kept(): readonly [number, number] {
  const [a, b] = (localStorage.getItem(key) ?? "").split(" ").map(Number);
  return a !== undefined && b !== undefined && fits(a, b) ? [a, b] : first;
}
const fits = (a: number, b: number) => a >= least && b >= least && 1 - a - b >= least;

export function Panes({ children: [left, middle, right] }: { children: [ReactNode, ReactNode, ReactNode] }) {
  const box = useRef<HTMLDivElement>(null);
  const [[a, b], setShares] = useState(kept);
  useEffect(() => localStorage.setItem(key, `${a} ${b}`), [a, b]);
  const move = (which: 0 | 1, to: number) =>
    setShares((now) => {
      const next: readonly [number, number] =
        which === 0 ? [to, now[0] + now[1] - to] : [now[0], to - now[0]];
      return fits(...next) ? next : now;
    });
  const separator = (which: 0 | 1, name: string, at: number) => (
    // biome-ignore lint/a11y/useSemanticElements: a rule can't be moved; a focusable separator is the pattern for this
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={name}
      aria-valuenow={Math.round(at * 100)}
      aria-valuemin={least * 100}
      aria-valuemax={100 - least * 100}
      tabIndex={0}
      onKeyDown={(event) => {
        const by = event.key === "ArrowLeft" ? -0.02 : event.key === "ArrowRight" ? 0.02 : 0;
        if (by === 0) return;
        event.preventDefault();
        move(which, at + by);
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event: PointerEvent) => {
        const around = box.current?.getBoundingClientRect();
        if (around && event.currentTarget.hasPointerCapture(event.pointerId))
          move(which, (event.clientX - around.left) / around.width);
      }}
      className="bg-line hover:bg-accent focus-visible:bg-accent hidden w-[3px] cursor-col-resize touch-none min-[1100px]:block"
    />
  );
  return (
    <div
      ref={box}
      style={{ "--panes": `minmax(0,${a}fr) 3px minmax(0,${b}fr) 3px minmax(0,${1 - a - b}fr)` } as object}
      className="grid flex-1 grid-cols-1 min-[1100px]:min-h-96 min-[1100px]:basis-0 min-[1100px]:grid-cols-(--panes)"
    >
      {left}
      {separator(0, "Width of the posting", a)}
      {middle}
      {separator(1, "Width of the check", a + b)}
      {right}
    </div>
  );
}

export function Pane(props: { title: string; testId: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section
      aria-label={props.title}
      data-testid={props.testId}
      // A pane that scrolls must be reachable by keyboard even where it holds nothing to focus.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      className="border-line min-w-0 overflow-y-auto border-b bg-surface p-5 min-[1100px]:border-b-0"
    >
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="eyebrow text-ink">{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
