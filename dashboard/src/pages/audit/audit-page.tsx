/** Audit: everything that was done by hand, by everybody or by one person. */
import { useState } from "react";
import { AuditTrail } from "../../components/audit-trail.tsx";
import { FindField } from "../../components/find-field.tsx";
import { Panel } from "../../components/panel.tsx";
import type { PageProps } from "../../pages.tsx";
import { goTo } from "../../state/route.ts";

/** What it is about stands in the address, so that links to it work from everywhere. */
export function AuditPage({ of }: PageProps) {
  return <Audit key={of} about={of} />;
}

function Audit({ about }: { about: string }) {
  const [typed, setTyped] = useState(about);
  return (
    <div className="mx-auto w-full max-w-[100rem] p-5">
      <h1 className="sr-only">Audit</h1>
      <Panel
        title="Audit"
        detail="who did what, and why; nothing here can be changed"
        aside={
          <form
            onSubmit={(event) => {
              event.preventDefault();
              goTo("audit", typed.trim());
            }}
          >
            <FindField
              label="About: an account, an application, a board"
              hint="about an id, then Enter"
              value={typed}
              onChange={setTyped}
            />
          </form>
        }
      >
        <AuditTrail about={about || undefined} />
      </Panel>
    </div>
  );
}
