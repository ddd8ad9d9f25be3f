/** Commands over the socket and their answers, matched by an id of our own. */
import { Problem } from "../api/problem.ts";

interface Answer {
  readonly id: string;
  readonly ok: boolean;
  readonly reason: string;
  readonly message: string;
}

const timeoutMs = 10_000;

export interface Replies {
  /** Resolves when the server has taken the command; rejects with a `Problem` otherwise. */
  ask(send: (id: string) => boolean): Promise<void>;
  heard(answer: Answer): void;
  /** The line is gone: nobody knows what became of the commands on their way. */
  lost(): void;
}

const noAnswer = "No answer came. What you see is corrected as soon as the connection is back.";

export function replies(): Replies {
  const open = new Map<string, (answer: Answer | undefined) => void>();
  return {
    ask: (send) =>
      new Promise((resolve, reject) => {
        const id = crypto.randomUUID();
        const timer = setTimeout(() => open.get(id)?.(undefined), timeoutMs);
        open.set(id, (answer) => {
          open.delete(id);
          clearTimeout(timer);
          if (answer?.ok) resolve();
          else reject(new Problem(0, answer?.reason ?? "", answer?.message ?? noAnswer));
        });
        if (!send(id))
          open.get(id)?.({
            id,
            ok: false,
            reason: "",
            message: "There is no connection right now. Try again in a moment.",
          });
      }),
    heard: (answer) => open.get(answer.id)?.(answer),
    lost: () => {
      for (const settle of open.values()) settle(undefined);
    },
  };
}
