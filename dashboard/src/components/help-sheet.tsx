/** All keys of the page, on `?`. A native dialog, so that focus, Escape and the rest of the page are handled by the browser. */
import { useEffect, useRef } from "react";
import { singleKeys } from "../state/shortcuts.ts";
import { useStore } from "../state/store.ts";
import { Button } from "./button.tsx";

interface Props {
  readonly open: boolean;
  readonly keys: ReadonlyArray<readonly [key: string, meaning: string]>;
  readonly onClose: () => void;
}

export function HelpSheet({ open, keys, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const on = useStore(singleKeys, (now) => now === "on");
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="keys-title"
      data-testid="help-sheet"
      onClose={onClose}
      className="panel text-ink m-auto w-[44rem] max-w-[90vw] p-6 backdrop:bg-black/40"
    >
      <h2 id="keys-title" className="mb-3 text-lg font-semibold">
        Keyboard
      </h2>
      <dl className="mb-4 grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {keys.map(([key, meaning]) => (
          <div key={key} className="flex items-center gap-3">
            <dt className="w-24 shrink-0 text-right">
              <kbd className="key text-xs">{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label className="mb-4 flex items-center gap-2">
        <input
          type="checkbox"
          className="accent-accent size-4"
          checked={on}
          onChange={(event) => singleKeys.set(event.target.checked ? "on" : "off")}
        />
        Single keys do something (off if you speak to your computer)
      </label>
      <p className="text-ink-soft mb-4">
        Single keys do nothing while you type in a field. Hold Shift to see them beside what they do.
      </p>
      <Button onClick={onClose}>Close</Button>
    </dialog>
  );
}
