/** `callboard actors` and `callboard tail` as the user ops, against a real broker with a real node. */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { employeeActor } from "../../actors/employee/actor.ts";
import { partitionOf } from "../../protocols/partition.ts";
import { parsePartitioned, streams, subjects } from "../../protocols/subjects.ts";
import { type ActorNode, startActorNode } from "../../supervisors/actor-node.ts";
import { hostKind } from "../../supervisors/runtime/hosted-kind.ts";
import { startNats, type TestNats } from "../../supervisors/testkit/nats.ts";
import { tree } from "../../supervisors/tree.ts";
import { main } from "../callboard.ts";

let nats: TestNats;
let nc: NatsConnection;
let node: ActorNode;
let printed = "";

beforeAll(async () => {
  nats = await startNats();
  nc = await connect(nats.connection());
  node = await startActorNode({ nc, nodeId: "n1", kinds: [hostKind(employeeActor(), tree.employee)] });
  vi.stubEnv("CALLBOARD_HOME", nats.storeDir); // No installation is there whose secrets could be taken.
  vi.stubEnv("CALLBOARD_NATS_URL", `nats://127.0.0.1:${nats.port}`);
  vi.stubEnv("CALLBOARD_NATS_PASSWORD", nats.passwords.ops);
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

const tell = (address: string, message: object) =>
  jetstream(nc).publish(subjects.mailbox(address), JSON.stringify(message));

test("lists kinds, the actors of a kind, and one with its state, mailbox, owner and timers", async () => {
  await tell("employee.ada", { type: "SignIn", edge: "e1" });
  // Nobody hosts this kind: its mail waits.
  await tell("portal.acme", { type: "PollNow" });
  await expect
    .poll(async () => {
      printed = "";
      await main(["actors"]);
      return printed;
    })
    .toMatch(/^employee +1 +0 /m);
  expect(printed).toMatch(/^portal +0 +1 /m);
  printed = "";
  expect(await main(["actors", "employee"])).toBe(0);
  expect(printed).toMatch(/^employee\.ada +\S+.* +0 +\d+ +\d+ s ago +n1$/m);
  printed = "";
  expect(await main(["actors", "employee", "ada"])).toBe(0);
  expect(printed).toContain("  machine   employee@");
  expect(printed).toMatch(/mailbox {3}0 waiting or in hand\n/);
  expect(printed).toContain(`  owner     n1 (partition ${partitionOf("employee.ada")})`);
  printed = "";
  expect(await main(["actors", "employee", "ada", "--json"])).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({ address: "employee.ada", owner: "n1", mail: 0 });
});

test("a kind that is none is an error that names those there are", async () => {
  expect(await main(["actors", "emploee"])).toBe(2);
  expect(printed).toMatch(/no kind emploee; the kinds are .*employee/);
});

test("says plainly that there is no such actor, and what it does not understand", async () => {
  expect(await main(["actors", "employee", "bob"])).toBe(1);
  expect(printed).toContain("There is no employee bob");
  expect(await main(["actors", "employee", "--limit", "none"])).toBe(2);
  expect(await main(["tail", "a", "b"])).toBe(2);
});

test("listens in on facts of a type, and ends after as many as were asked for", async () => {
  const listening = main(["tail", "EmployeeSignedIn", "--count", "1"]);
  const said = setInterval(() => {
    nc.publish(
      subjects.event("EmployeeSignedIn", "ada"),
      JSON.stringify({
        type: "EmployeeSignedIn",
        actor: "employee.ada",
        at: "2026-01-02T03:04:05.678Z",
        trace: "0",
      }),
    );
  }, 50);
  expect(await listening).toBe(0);
  clearInterval(said);
  expect(printed).toBe("03:04:05.678 EmployeeSignedIn       employee.ada {}\n");
});

test("a subject that ops may not hear is refused in words", async () => {
  expect(await main(["tail", "callboard.act.>"])).toBe(1);
  expect(printed).toMatch(/callboard\.act\.> may not be heard/);
});

test("a partition is computed as the server does it", async () => {
  const addresses = ["portal.acme", "portal.a", "application.c1=3Aj=C3=A9", "catalog.0123456789abcdef"];
  for (const address of addresses) await tell(address, { type: "PollNow" });
  const info = await (await jetstreamManager(nc)).streams.info(streams.acts, {
    subjects_filter: subjects.allPartitions,
  });
  const at = Object.keys(info.state.subjects ?? {}).map(parsePartitioned);
  expect(at.filter(({ address }) => addresses.includes(address))).toHaveLength(addresses.length);
  for (const { p, address } of at) expect([address, partitionOf(address)]).toEqual([address, p]);
});
