/** A sheet over the page, at its right edge or in its middle: a native dialog, so that focus and Escape are the browser's. */
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";

interface Props {
  readonly title: ReactNode;
  /** At the right edge, as high as the page: for what belongs to something on it. */
  readonly drawer?: boolean;
  readonly testId?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Sheet({ title, drawer = false, testId, onClose, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const place = drawer
    ? "ml-auto mr-0 my-0 h-dvh max-h-dvh w-[34rem] rounded-none rounded-l-xl"
    : "m-auto w-[34rem]";
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      data-testid={testId}
      onClose={onClose}
      className={`panel text-ink max-w-[94vw] overflow-y-auto p-6 backdrop:bg-black/40 ${place}`}
    >
      <div className="mb-4 flex items-start justify-between gap-4">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        <Button weight="quiet" onClick={() => dialog.current?.close()}>
          Close
        </Button>
      </div>
      {children}
    </dialog>
  );
}
