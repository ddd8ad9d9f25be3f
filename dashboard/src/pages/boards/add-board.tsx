/** A board is added by its address: what it is is shown first, and nothing is stored before the second click. */
import { type FormEvent, useState } from "react";
import type { RecognisedBoard } from "../../../../protocols/api/boards.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useLive } from "../../state/freshness.ts";
import { useAttempt } from "../../state/use-attempt.ts";

export function AddBoard({ onAdded }: { onAdded: (company: string) => void }) {
  const live = useLive();
  const [url, setUrl] = useState("");
  const [found, setFound] = useState<RecognisedBoard | null>(null);
  const [company, setCompany] = useState("");
  const [region, setRegion] = useState("eu");
  const { pending, problem, setProblem, attempt } = useAttempt();

  const recognise = () =>
    attempt(async () => {
      const board = await call("recogniseBoard", { body: { url: url.trim() } });
      setFound(board);
      setCompany(board.company);
    });
  const add = () =>
    attempt(async () => {
      await call("addBoard", { body: { url: url.trim(), company: company.trim(), region: region.trim() } });
      onAdded(company.trim());
      setUrl("");
      setFound(null);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void (found === null ? recognise() : add());
  };
  const blocked = found !== null && (found.known || found.off !== "");
  return (
    <form
      onSubmit={submit}
      className="panel space-y-3 p-4"
      aria-labelledby="add-board"
      data-testid="add-board"
    >
      <h2 id="add-board" className="text-base font-semibold">
        Add a board
      </h2>
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label="Address of the page that lists the jobs"
          placeholder="https://boards.greenhouse.io/acme"
          className="min-w-72 flex-1"
          maxLength={2_000}
          value={url}
          onChange={(event) => {
            setUrl(event.target.value);
            setFound(null);
            setProblem("");
          }}
        />
        {found === null && (
          <Button type="submit" weight="primary" disabled={pending || !live || url.trim() === ""}>
            Look what it is
          </Button>
        )}
      </div>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      {found !== null && (
        <>
          <p data-testid="recognised">
            This is a board of the kind <strong>{found.adapter}</strong>, asked at{" "}
            <span className="font-mono break-all">{found.url}</span> every {minutes(found.everyMinutes)}.
          </p>
          {found.known && <Notice tone="plain">It is watched already; look for it in the list.</Notice>}
          {found.off !== "" && <Notice tone="warn">{found.off}</Notice>}
          {!blocked && (
            <div className="flex flex-wrap items-end gap-3">
              <TextField
                label="Company"
                maxLength={200}
                value={company}
                onChange={(event) => setCompany(event.target.value)}
              />
              <TextField
                label="Region (eu, us, …)"
                maxLength={31}
                value={region}
                onChange={(event) => setRegion(event.target.value)}
              />
              <Button
                type="submit"
                weight="primary"
                disabled={pending || !live || company.trim() === "" || region.trim() === ""}
              >
                Watch this board
              </Button>
            </div>
          )}
        </>
      )}
    </form>
  );
}

const minutes = (n: number) =>
  n < 1 ? `${Math.round(n * 60)} seconds` : n === 60 ? "hour" : n > 60 ? `${n / 60} hours` : `${n} minutes`;
