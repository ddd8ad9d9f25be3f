/** One account and what a manager may do about it; everything asks for a reason, which the audit trail keeps. */
import { useState } from "react";
import type {
  AccountAction,
  AccountRow,
  GivenPassword as Given,
} from "../../../../protocols/api/accounts.ts";
import { call } from "../../api/call.ts";
import { ReasonForm } from "../../components/reason-form.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useNow } from "../../state/clock.ts";
import { GivenPassword } from "./given-password.tsx";
import { RoleChoice } from "./role-choice.tsx";

interface Props {
  readonly row: AccountRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function AccountSheet({ row, onDone, onClose }: Props) {
  const now = useNow();
  const [given, setGiven] = useState<Given | null>(null);
  const [role, setRole] = useState(row.role);
  const params = { account: row.account };
  const does = (name: string, action: AccountAction) => ({
    name,
    act: (reason: string) => call("accountAction", { params: { ...params, action }, body: { reason } }),
  });
  const waits = row.waitsUntil !== null && row.waitsUntil > now;
  return (
    <Sheet drawer title={row.name} testId="account-sheet" onClose={onClose}>
      <p className="text-ink-soft mb-5">
        {row.email} · {row.role} · {row.sessions} open {row.sessions === 1 ? "session" : "sessions"}
      </p>
      {given && <GivenPassword given={given} />}
      <div className="mt-5 space-y-6">
        <ReasonForm
          label="Access: why?"
          onDone={onDone}
          choices={[
            row.disabledAt === null ? does("Disable", "disable") : does("Enable", "enable"),
            ...(waits ? [does("End the wait", "unlock")] : []),
            does("End all sessions", "end-sessions"),
          ]}
        />
        <ReasonForm
          label="A new password for once: why? Their sessions end."
          onDone={onDone}
          choices={[
            {
              name: "Give a password",
              act: async (reason) => setGiven(await call("givePassword", { params, body: { reason } })),
            },
          ]}
        />
        <div className="space-y-3">
          <RoleChoice role={role} onChange={setRole} />
          {role !== row.role && (
            <ReasonForm
              label="Another role: why? Their sessions end."
              onDone={onDone}
              choices={[
                {
                  name: `Make ${role}`,
                  act: (reason) => call("changeRole", { params, body: { role, reason } }),
                },
              ]}
            />
          )}
        </div>
      </div>
    </Sheet>
  );
}
