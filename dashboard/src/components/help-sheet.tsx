/** All keys of the page, on `?`. A native dialog, so that focus, Escape and the rest of the page are handled by the browser. */
import { useEffect, useRef } from "react";
import { Button } from "./button.tsx";

interface Props {
  readonly open: boolean;
  readonly keys: ReadonlyArray<readonly [key: string, meaning: string]>;
  readonly onClose: () => void;
}

export function HelpSheet({ open, keys, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="keys-title"
      onClose={onClose}
      className="panel text-ink m-auto w-96 max-w-[90vw] p-6 backdrop:bg-black/40"
    >
      <h2 id="keys-title" className="mb-3 text-lg font-semibold">
        Keyboard
      </h2>
      <dl className="mb-4 grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {keys.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="key text-xs">{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-soft mb-4">Single keys do nothing while you type in a field.</p>
      <Button onClick={onClose}>Close</Button>
    </dialog>
  );
}
