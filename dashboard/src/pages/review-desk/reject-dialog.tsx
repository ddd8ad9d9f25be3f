/** This job is not for this candidate: asks for the reason, since a rejection is final for the application. */
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onReject: (reason: string) => void;
}

export function RejectDialog({ open, onClose, onReject }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  const id = useId();
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReject(reason.trim());
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      onClose={onClose}
      className="panel text-ink m-auto w-[30rem] max-w-[92vw] p-7 backdrop:bg-black/40"
    >
      <form onSubmit={submit} className="space-y-3">
        <h2 id={`${id}-title`} className="text-lg font-semibold">
          Reject this posting
        </h2>
        <p className="text-ink-soft">
          Nothing is sent to the portal, and the application is closed for good.
        </p>
        <div>
          <label htmlFor={id} className="mb-1 block font-medium">
            Reason
          </label>
          <textarea
            id={id}
            rows={3}
            required
            maxLength={2_000}
            className="field"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <div className="flex gap-3">
          <Button type="submit" weight="primary" disabled={reason.trim() === ""}>
            Reject posting
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </dialog>
  );
}
