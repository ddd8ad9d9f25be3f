/** Questions whose time is up. */
import type { NatsConnection } from "@nats-io/transport-node";
import { expect, test } from "vitest";
import { edgeQuestions, NoAnswer } from "./edge-questions.ts";

test("a question whose time is up before anybody waits for its answer is late, and ends no process", async () => {
  const { open } = edgeQuestions({ subscribe: () => {} } as unknown as NatsConnection, "edge");
  const { answer } = open(1, "late");
  await new Promise((resolve) => setTimeout(resolve, 20)); // A rejection that nobody handles fails this run.
  await expect(answer).rejects.toThrow(NoAnswer);
});
