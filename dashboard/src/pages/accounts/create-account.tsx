/** A new account: the person gets a password for once, and chooses their own with it. */
import { type FormEvent, useState } from "react";
import type { GivenPassword as Given } from "../../../../protocols/api/accounts.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useAttempt } from "../../state/use-attempt.ts";
import { GivenPassword } from "./given-password.tsx";
import { RoleChoice } from "./role-choice.tsx";

export function CreateAccount({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<"employee" | "manager" | "ops">("employee");
  const [reason, setReason] = useState("");
  const [given, setGiven] = useState<Given | null>(null);
  const { pending, problem, attempt } = useAttempt();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (blank(name) || blank(reason)) return;
    void attempt(async () => {
      setGiven(
        await call("createAccount", {
          body: { email: email.trim(), name: name.trim(), role, reason: reason.trim() },
        }),
      );
      onDone();
    });
  };
  return (
    <Sheet title="New account" testId="create-account" onClose={onClose}>
      {given ? (
        <GivenPassword given={given} />
      ) : (
        <form onSubmit={submit} className="space-y-4">
          <TextField
            label="Name"
            required
            maxLength={100}
            autoFocus
            error={blank(name) ? "These are spaces only: write the person's name." : ""}
            value={name}
            onChange={(e) => setName(e.target.value)}
          />
          <TextField
            label="E-mail"
            type="email"
            required
            value={email}
            onChange={(e) => setEmail(e.target.value)}
          />
          <RoleChoice role={role} onChange={setRole} />
          <TextField
            label="Why? It is kept in the audit trail."
            required
            maxLength={2_000}
            error={blank(reason) ? "These are spaces only: write the reason." : ""}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
          {problem && (
            <p role="alert" className="text-bad-text">
              {problem}
            </p>
          )}
          <Button type="submit" weight="primary" disabled={pending}>
            {pending ? "Creating…" : "Create account"}
          </Button>
        </form>
      )}
    </Sheet>
  );
}

/** Something was typed, and nothing can be read: `required` takes it for a text. */
const blank = (typed: string) => typed !== "" && typed.trim() === "";
