/** Where actors answer an edge: one subscription, a subject with a number per question. */
import type { NatsConnection } from "@nats-io/transport-node";
import { subjects } from "../protocols/subjects.ts";

/** The actor has not answered in time. What was asked may still happen. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

export function edgeQuestions(nc: NatsConnection, edgeId: string) {
  const waiting = new Map<string, { resolve: (value: unknown) => void; timer: NodeJS.Timeout }>();
  let count = 0;
  nc.subscribe(subjects.repliesTo(edgeId), {
    callback: (_, message) => {
      const asked = waiting.get(message.subject);
      if (asked === undefined) return; // Too late, or said twice.
      waiting.delete(message.subject);
      clearTimeout(asked.timer);
      asked.resolve(message.json());
    },
  });
  return {
    open: (timeoutMs: number, late: string) => {
      const subject = subjects.reply(edgeId, String(++count));
      let cancel = () => {};
      const answer = new Promise<unknown>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(subject);
          reject(new NoAnswer(late));
        }, timeoutMs);
        waiting.set(subject, { resolve, timer });
        cancel = () => {
          waiting.delete(subject);
          clearTimeout(timer);
        };
      });
      // The time can be up while the question is still on its way: then nobody listens yet, which is no reason to end the process.
      answer.catch(() => {});
      return { subject, answer, cancel };
    },
    close: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
