/** Ctrl/⌘ K: everything one can go to or do, found by typing. A combobox over a list, in a native dialog. */
import { useEffect, useId, useMemo, useRef, useState } from "react";

export interface Command {
  readonly name: string;
  /** What sort it is: "Go to", "Do", "People". */
  readonly group: string;
  /** The key that does the same. */
  readonly key?: string | undefined;
  readonly run: () => void;
}

interface Props {
  readonly commands: () => readonly Command[];
  /** What can be made of what was typed alone, such as the address of an actor. */
  readonly fromTyped?: ((typed: string) => readonly Command[]) | undefined;
  readonly onClose: () => void;
}

const most = 12;

export function CommandPalette({ commands, fromTyped, onClose }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [all] = useState(commands);
  useEffect(() => dialog.current?.showModal(), []);
  const found = useMemo(
    () => [...matching(all, typed), ...(fromTyped?.(typed.trim()) ?? [])].slice(0, most),
    [all, fromTyped, typed],
  );
  const choose = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const move = (by: number) => setAt((now) => (now + by + found.length) % Math.max(1, found.length));
  return (
    <dialog
      ref={dialog}
      aria-label="Commands"
      onClose={onClose}
      data-testid="command-palette"
      className="panel text-ink mx-auto mt-24 w-[34rem] max-w-[92vw] overflow-hidden p-0 backdrop:bg-black/40"
    >
      <input
        role="combobox"
        aria-label="What do you want to do?"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        placeholder="Go to, do, find a person…"
        className="border-line placeholder:text-ink-soft w-full border-b bg-transparent px-4 py-3 text-base outline-none"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter") choose(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Commands"
        className="max-h-[26rem] overflow-y-auto p-1.5"
      >
        {found.map((command, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keyboard
          <div
            key={`${command.group} ${command.name}`}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onClick={() => choose(command)}
            className="aria-selected:bg-accent-soft flex cursor-pointer items-baseline gap-3 rounded-lg px-3 py-1.5"
          >
            <span className="text-ink-soft w-16 shrink-0 text-[13px]">{command.group}</span>
            <span className="flex-1">{command.name}</span>
            {command.key && <span className="key text-ink-soft">{command.key}</span>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="text-ink-soft px-4 pb-4">Nothing is called like that.</p>}
    </dialog>
  );
}

/** All words must occur; who begins with what was typed comes first. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = commands.filter(({ name, group }) => {
    const text = `${group} ${name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ name }: Command) => name.toLowerCase().startsWith(words[0] ?? "");
  return [...fits.filter(begins), ...fits.filter((command) => !begins(command))];
}
