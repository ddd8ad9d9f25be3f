import { expect, test } from "vitest";
import { createClient } from "./client.ts";

const session = {
  key: "k",
  me: { id: "lena", email: "e", name: "Lena", role: "manager" as const },
  expiresAt: 1,
};

const world = () => {
  const sent: string[] = [];
  let buffered = 0;
  const client = createClient(
    {
      send: (frame: unknown) => sent.push(String(frame)) && 1,
      ping: () => sent.push("ping") && 1,
      cork: (act: () => void) => act(),
      getBufferedAmount: () => buffered,
      end: () => {},
    } as never,
    session,
  );
  return {
    client,
    sent,
    buffer: (bytes: number) => {
      buffered = bytes;
    },
  };
};

test("on a slow line counters wait for the latest, and what matters goes on", () => {
  const { client, sent, buffer } = world();
  buffer(20 * 1024);
  client.send("live", "change", "live 1");
  client.send("live", "change", "live 2");
  client.send("floor", "change", "floor 1");
  expect(sent).toEqual(["floor 1"]);
  expect(client.takeBehind()).toEqual([]);
  buffer(0);
  client.send("live", "change", "live 3"); // Without the ones before it would be a gap.
  expect(sent).toEqual(["floor 1"]);
  expect(client.takeBehind()).toEqual(["live"]);
  client.send("live", "snapshot", "live whole");
  client.send("live", "change", "live 4");
  expect(sent).toEqual(["floor 1", "live whole", "live 4"]);
});

test("256 kB behind, everything waits, and then comes whole", () => {
  const { client, sent, buffer } = world();
  buffer(300 * 1024);
  client.send("floor", "change", "floor 1");
  client.send("me", "snapshot", "me whole");
  // A browser that still answers is not given up for it.
  client.beat("beat");
  expect(sent).toEqual(["ping"]);
  buffer(0);
  expect(client.takeBehind()).toEqual(["me", "floor"]);
  expect(client.takeBehind()).toEqual([]);
});

test("a hidden page hears of itself, and of its counters now and then", () => {
  const { client, sent } = world();
  client.hide(true);
  client.send("live", "change", "live 1");
  client.send("floor", "change", "floor 1");
  client.send("me", "change", "me 1");
  expect(sent).toEqual(["me 1"]);
  expect(client.takeHiddenCounters()).toEqual(["live"]);
  expect(client.takeHiddenCounters()).toEqual([]);
  client.hide(false);
  expect(client.takeBehind()).toEqual(["floor"]);
});

test("nothing is sent to who is gone, and a flood is not heard", () => {
  const { client, sent } = world();
  expect(Array.from({ length: 60 }, () => client.mayHear()).filter(Boolean)).toHaveLength(40);
  client.closed();
  client.send("me", "change", "me 1");
  client.say({ op: "beat" });
  expect(sent).toEqual([]);
  expect(client.takeBehind()).toEqual([]);
});
