/**
 * Reviewers who sign in, show every review that they get, and never finish one: each miss is their own fault and must give
 * one strike, however often the machines under them die. They speak as an edge does.
 */
import { jetstream } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { addressOf } from "../../../protocols/address.ts";
import { subjects } from "../../../protocols/subjects.ts";

/** @returns a function that ends them. */
export function startAbsentReviewers(nc: NatsConnection, names: readonly string[]): () => void {
  const tell = (address: string, message: unknown) => {
    // Without a broker nobody hears it: the next round says it again.
    jetstream(nc)
      .publish(subjects.mailbox(address), JSON.stringify(message), { timeout: 1_000 })
      .catch(() => {});
  };
  const signIn = () => {
    for (const name of names) tell(addressOf("employee", name), { type: "SignIn", edge: "test" });
  };
  const assigned = nc.subscribe(subjects.topic("event.ReviewAssigned.*"), {
    callback: (_, message) => {
      const { application, employee, offer } = message.json<{
        application: string;
        employee: string;
        offer: { assignment: number };
      }>();
      const { assignment } = offer;
      tell(addressOf("application", application), { type: "AcknowledgeReview", employee, assignment });
    },
  });
  signIn();
  const timer = setInterval(signIn, 500);
  return () => {
    clearInterval(timer);
    assigned.unsubscribe();
  };
}
