/** Who looks for work, and the résumé that speaks for each. */
import { useCallback, useState } from "react";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { useNow } from "../../state/clock.ts";
import { usePolled } from "../../state/polled.ts";
import { ago } from "../../state/time-text.ts";
import { ResumeUpload } from "./resume-upload.tsx";

const askCandidates = (_round: number) => call("candidates");

export function CandidatesPage() {
  const [round, setRound] = useState(0);
  const [chosen, setChosen] = useState("");
  const [saved, setSaved] = useState("");
  // Asked at once after something was done: a new function begins a new round.
  const ask = useCallback(() => askCandidates(round), [round]);
  const { value, problem } = usePolled(ask, 5_000);
  const now = useNow();
  const candidate = value?.items.find((row) => row.candidate === chosen);
  return (
    <div className="mx-auto w-full max-w-[100rem] space-y-5 p-5">
      <h1 className="text-lg font-semibold">Candidates</h1>
      {saved && (
        <Notice tone="good" role="status">
          {saved} has a new base résumé; new matches use it.
        </Notice>
      )}
      {problem && <Notice tone="warn">{problem} What is shown may be out of date.</Notice>}
      {candidate && (
        <ResumeUpload
          key={candidate.candidate}
          candidate={candidate}
          close={() => setChosen("")}
          onSaved={() => {
            setSaved(candidate.name);
            setChosen("");
            setRound((n) => n + 1);
          }}
        />
      )}
      <section aria-label="All candidates" className="panel overflow-x-auto">
        {value === null || value.items.length === 0 ? (
          <p className="text-ink-soft p-4">
            {value === null ? "Fetching…" : "No candidate is registered yet."}
          </p>
        ) : (
          <table className="divide-line w-full divide-y text-left">
            <thead className="text-ink-soft text-[13px]">
              <tr>
                {["Name", "E-mail", "Region", "Base résumé", "Changed"].map((name) => (
                  <th key={name} scope="col" className="px-4 py-2 font-medium">
                    {name}
                  </th>
                ))}
                <th scope="col" className="px-4 py-2">
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody className="divide-line divide-y">
              {value.items.map((row) => (
                <tr key={row.candidate} data-testid="candidate" data-candidate={row.candidate}>
                  <th scope="row" className="px-4 py-2 font-medium">
                    {row.name}
                  </th>
                  <td className="px-4 py-2">{row.email}</td>
                  <td className="px-4 py-2">{row.region}</td>
                  <td className="px-4 py-2 font-mono text-[13px]">{row.resumeVersion.split("/").at(-1)}</td>
                  <td className="px-4 py-2 whitespace-nowrap">{ago(now - row.updatedAt)}</td>
                  <td className="px-4 py-2 text-right">
                    <Button
                      aria-label={`Replace résumé of ${row.name}`}
                      onClick={() => {
                        setChosen(row.candidate);
                        setSaved("");
                      }}
                    >
                      Replace résumé
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}
