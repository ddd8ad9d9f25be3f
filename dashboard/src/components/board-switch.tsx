/** The switch on the board: on means that reviews may come. */

interface Props {
  readonly on: boolean;
  readonly disabled: boolean;
  readonly onChange: (on: boolean) => void;
}

export function BoardSwitch({ on, disabled, onChange }: Props) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-label="Available"
      aria-keyshortcuts="o"
      disabled={disabled}
      onClick={() => onChange(!on)}
      data-testid="board-switch"
      className="hover:bg-sunken inline-flex items-center gap-3 rounded-full p-1.5 pr-3 disabled:opacity-60"
    >
      <span
        aria-hidden="true"
        className={`flex h-7 w-12 items-center rounded-full border p-0.5 transition-colors ${on ? "bg-accent border-transparent" : "border-line-strong bg-sunken"}`}
      >
        <span
          className={`size-5.5 rounded-full shadow transition-transform ${on ? "translate-x-5 bg-white" : "bg-line-strong"}`}
        />
      </span>
      <span aria-hidden="true" className="flex items-center gap-2 font-medium">
        {on ? "Go offline" : "Go online"} <span className="key">o</span>
      </span>
    </button>
  );
}
