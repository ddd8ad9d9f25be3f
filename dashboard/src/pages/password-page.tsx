/** The password was given by somebody else: the first thing is to choose one of one's own. */
import { type FormEvent, useState } from "react";
import { Button } from "../components/button.tsx";
import { Notice } from "../components/notice.tsx";
import { TextField } from "../components/text-field.tsx";
import { useAttempt } from "../state/use-attempt.ts";

interface Props {
  readonly name: string;
  readonly change: (current: string, next: string) => Promise<void>;
  readonly signOut: () => void;
}

export function PasswordPage({ name, change, signOut }: Props) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const { pending, problem, attempt } = useAttempt();
  const differs = again !== "" && again !== next;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (again === next) void attempt(() => change(current, next));
  };
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <form
        onSubmit={submit}
        className="panel w-full max-w-sm space-y-4 p-8"
        aria-labelledby="password-title"
      >
        <h1 id="password-title" className="text-xl font-semibold">
          Choose your password
        </h1>
        <p className="text-ink-soft">
          Hello {name}. The password that you were given works once. Choose one that only you know; a few
          words are better than one word with signs in it.
        </p>
        {problem && (
          <Notice tone="bad" role="alert">
            {problem}
          </Notice>
        )}
        <TextField
          label="The password that you were given"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextField
          label="Your new password"
          type="password"
          autoComplete="new-password"
          required
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        <TextField
          label="Once more"
          type="password"
          autoComplete="new-password"
          required
          error={differs ? "The two differ." : undefined}
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
        <div className="flex gap-3">
          <Button type="submit" weight="primary" disabled={pending || differs}>
            {pending ? "Changing…" : "Go on with it"}
          </Button>
          <Button weight="quiet" onClick={signOut}>
            Sign out
          </Button>
        </div>
      </form>
    </main>
  );
}
