/** One of several views of the same thing, chosen by its name; arrow keys go from tab to tab. */
import { type ReactNode, useId } from "react";

interface Props<N extends string> {
  readonly label: string;
  readonly names: readonly N[];
  readonly chosen: N;
  readonly onChoose: (name: N) => void;
  readonly children: ReactNode;
}

export function Tabs<N extends string>({ label, names, chosen, onChoose, children }: Props<N>) {
  const id = useId();
  const move = (by: number) => {
    const next = names[(names.indexOf(chosen) + by + names.length) % names.length];
    if (next === undefined) return;
    onChoose(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <div>
      <div role="tablist" aria-label={label} className="mb-3 flex gap-1">
        {names.map((name) => (
          <button
            key={name}
            id={`${id}-${name}`}
            type="button"
            role="tab"
            aria-selected={name === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
            onKeyDown={(event) => {
              if (event.key === "ArrowRight") move(1);
              else if (event.key === "ArrowLeft") move(-1);
            }}
            className="aria-selected:bg-accent-soft aria-selected:text-accent-text rounded-md px-3 py-1 font-medium"
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </div>
  );
}
