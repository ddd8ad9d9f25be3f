/** Listens in: facts and dead letters as they are said, until told to end. Nothing is taken or kept back from anybody. */
import type { Msg, NatsConnection } from "@nats-io/transport-node";
import { subjects } from "../../protocols/subjects.ts";

/** What people type, as subjects: nothing, the type of a fact, `dead`, or a subject as it stands. */
export function tailSubjects(asked: string | undefined): string[] {
  if (asked === undefined) return [subjects.allEvents, subjects.allDead];
  if (asked === "dead") return [subjects.allDead];
  return [asked.includes(".") || asked === ">" ? asked : subjects.topic(`event.${asked}.>`)];
}

/**
 * @param heard called for each message, in order
 * @param most ends after so many
 * @throws Error if the user may not hear one of the subjects
 */
export async function tail(
  nc: NatsConnection,
  asked: readonly string[],
  heard: (message: Msg) => void,
  stop: AbortSignal,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let count = 0;
    const subscriptions = asked.map((subject) =>
      nc.subscribe(subject, {
        callback: (error, message) => {
          if (error !== null) return end(new Error(`${subject} may not be heard: ${error.message}`));
          heard(message);
          if (++count >= most) end();
        },
      }),
    );
    const end = (error?: Error) => {
      stop.removeEventListener("abort", ended);
      for (const subscription of subscriptions) subscription.unsubscribe();
      if (error === undefined) resolve();
      else reject(error);
    };
    const ended = () => end();
    if (stop.aborted) end();
    else stop.addEventListener("abort", ended);
  });
}

/** One line for a person: when, what, about whom, and the rest of it. */
export function tailLine(message: Msg): string {
  const text = message.string();
  try {
    const { type, at, actor, trace: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
    const time = typeof at === "string" ? at.slice(11, 23) : "            ";
    return `${time} ${String(type).padEnd(22)} ${String(actor ?? "")} ${JSON.stringify(rest).slice(0, 400)}`;
  } catch {
    return `${message.subject} ${text.slice(0, 400)}`; // Not one of ours, and so as it is.
  }
}
