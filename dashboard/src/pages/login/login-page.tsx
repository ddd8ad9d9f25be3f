/** Who are you? The one page that is shown without a session. */
import { type FormEvent, useState } from "react";
import { sentence } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { TextField } from "../../components/text-field.tsx";

export function LoginPage({ signIn }: { signIn: (email: string, password: string) => Promise<void> }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState("");
  const [pending, setPending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem("");
    setPending(true);
    try {
      await signIn(email.trim(), password);
    } catch (error) {
      setProblem(sentence(error));
      setPending(false);
    }
  };

  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <form onSubmit={submit} className="panel w-full max-w-sm space-y-4 p-8" aria-labelledby="sign-in-title">
        <div>
          <p aria-hidden="true" className="text-accent-text text-2xl">
            ◆
          </p>
          <h1 id="sign-in-title" className="text-xl font-semibold">
            Sign in to Callboard
          </h1>
          <p className="text-ink-soft">For reviewers, managers and operations.</p>
        </div>
        {problem && (
          <Notice tone="bad" role="alert" testId="login-error">
            {problem}
          </Notice>
        )}
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" weight="primary" disabled={pending} className="w-full py-2">
          {pending ? "Signing in…" : "Sign in"}
        </Button>
      </form>
    </main>
  );
}
