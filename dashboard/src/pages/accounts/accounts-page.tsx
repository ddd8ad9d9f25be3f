/** Accounts: who may sign in, with what was done about each kept in the audit trail. */
import { useState } from "react";
import type { AccountRow } from "../../../../protocols/api/accounts.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { FindField } from "../../components/find-field.tsx";
import { Panel } from "../../components/panel.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { ago, moment } from "../../state/time-text.ts";
import { AccountSheet } from "./account-sheet.tsx";
import { CreateAccount } from "./create-account.tsx";

const ask = () => call("accounts");

export function AccountsPage() {
  const polled = usePolled(ask, 5_000);
  const now = useNow();
  const [find, setFind] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const [creating, setCreating] = useState(false);
  const items = polled.value?.items ?? [];
  const rows = items.filter(({ name, email, role }) =>
    `${name} ${email} ${role}`.toLowerCase().includes(find.toLowerCase()),
  );
  const columns: ReadonlyArray<Column<AccountRow>> = [
    {
      name: "Name",
      cell: ({ account, name }) => (
        <button
          type="button"
          className="text-accent-text rounded font-medium hover:underline"
          onClick={() => setOpen(account)}
        >
          {name}
        </button>
      ),
    },
    { name: "E-mail", cell: ({ email }) => email },
    { name: "Role", width: "7rem", cell: ({ role }) => role },
    { name: "State", width: "15rem", cell: (row) => <AccountState row={row} /> },
    { name: "Sessions", width: "6rem", right: true, cell: ({ sessions }) => sessions },
    {
      name: "Last sign-in",
      width: "8rem",
      cell: ({ lastSignInAt }) => (lastSignInAt === null ? "never" : ago(now - lastSignInAt)),
    },
    { name: "Since", width: "8rem", cell: ({ createdAt }) => moment(createdAt, now) },
  ];
  const shown = items.find(({ account }) => account === open);
  return (
    <div className="mx-auto w-full max-w-[100rem] p-5">
      <h1 className="sr-only">Accounts</h1>
      <Panel
        title="Accounts"
        testId="accounts"
        asOf={polled.at}
        problem={polled.problem}
        detail={polled.value ? `${items.length}` : "asking…"}
        aside={
          <>
            <FindField label="Find an account" hint="name, e-mail, role" value={find} onChange={setFind} />
            <Button weight="primary" onClick={() => setCreating(true)}>
              New account
            </Button>
          </>
        }
      >
        <DataTable
          label="Accounts"
          columns={columns}
          rows={rows}
          keyOf={(row) => row.account}
          foot={
            rows.length === 0 &&
            polled.value && <p className="text-ink-soft p-4">Nobody is called like that.</p>
          }
        />
      </Panel>
      {shown && <AccountSheet row={shown} onDone={polled.reload} onClose={() => setOpen(null)} />}
      {creating && <CreateAccount onDone={polled.reload} onClose={() => setCreating(false)} />}
    </div>
  );
}

function AccountState({ row }: { row: AccountRow }) {
  const now = useNow();
  if (row.disabledAt !== null)
    return <span className="text-bad-text">▣ disabled {ago(now - row.disabledAt)}</span>;
  if (row.waitsUntil !== null && row.waitsUntil > now)
    return <span className="text-warn-text">▲ waits after wrong passwords</span>;
  if (row.passwordOnce) return <span className="text-warn-text">◔ has a password for once</span>;
  return (
    <span>
      <span aria-hidden="true" className="text-good">
        ●{" "}
      </span>
      may sign in
    </span>
  );
}
