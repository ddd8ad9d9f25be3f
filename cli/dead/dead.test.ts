/** `callboard dead` against a real node: what is printed, and what it asks for before it does anything. */
import { jetstream } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { subjects } from "../../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "../../supervisors/actor-node.ts";
import { startNats, type TestNats } from "../../supervisors/testkit/nats.ts";
import { main } from "../callboard.ts";

let nats: TestNats;
let nc: NatsConnection;
let node: ActorNode;
let printed = "";

beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection());
  node = await startActorNode({ nc, nodeId: "n1", kinds: [] });
  vi.stubEnv("CALLBOARD_NATS_URL", `nats://127.0.0.1:${nats.port}`);
  vi.stubEnv("CALLBOARD_NATS_PASSWORD", nats.passwords.edge);
  for (const stream of ["stdout", "stderr"] as const)
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed += text;
      return true;
    });
});
beforeEach(() => {
  printed = "";
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await node?.stop();
  await nc?.close();
  await nats?.stop();
});

const lay = (message: object) =>
  jetstream(nc).publish(
    subjects.dead("matcher.j1"),
    JSON.stringify({
      type: "DeadLetter",
      actor: "matcher.j1",
      cause: { name: "MatchFailed", message: "no model" },
      message,
    }),
  );

test("lists, shows, replays changed, and drops, each with a reason that is recorded", async () => {
  await lay({ type: "JobListed", n: 1 });
  await lay({ type: "JobListed", n: 2 });
  expect(await main(["dead", "list"])).toBe(0);
  expect(printed).toMatch(/1 {2}\S+ {2}matcher\.j1 +MatchFailed: no model\n/);
  expect(printed).toContain("2 shown of 2 in all");
  expect(await main(["dead", "show", "1"])).toBe(0);
  expect(printed).toContain("replay   to callboard.act.matcher.j1");
  printed = "";
  expect(await main(["dead", "replay", "1"])).toBe(2);
  expect(printed).toContain("say why, with --reason");
  const why = ["--reason", "the model is back"];
  expect(await main(["dead", "replay", "1", ...why, "--message", '{"type":"JobListed","n":3}'])).toBe(0);
  expect(await main(["dead", "drop", ...why])).toBe(2);
  expect(await main(["dead", "drop", "--of", "matcher", ...why])).toBe(0);
  expect(printed).toContain("1 dropped");
  expect(await main(["dead", "list"])).toBe(0);
  expect(printed).toContain("0 shown of 0 in all");
  const { replayed, dropped } = {
    replayed: await lastEvent("DeadLetterReplayed.1"),
    dropped: await lastEvent("DeadLetterDropped.2"),
  };
  expect(replayed).toMatchObject({ reason: "the model is back", edited: true });
  expect(dropped).toMatchObject({ reason: "the model is back", dead: "matcher.j1" });
});

test("says what is missing", async () => {
  expect(await main(["dead", "show", "77"])).toBe(1);
  expect(printed).toContain("there is no dead letter 77");
  expect(await main(["dead", "resume", "matcher.nobody", "--reason", "x"])).toBe(1);
  expect(printed).toContain("There is no actor matcher.nobody");
  expect(await main(["dead", "burn"])).toBe(2);
  expect(await main(["dead", "paused"])).toBe(0);
  expect(printed).toContain("none is parked");
});

async function lastEvent(of: string): Promise<unknown> {
  const jsm = await jetstream(nc).jetstreamManager();
  return (await jsm.streams.getMessage("EVENTS", { last_by_subj: `callboard.event.${of}` }))?.json();
}
