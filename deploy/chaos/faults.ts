/**
 * The faults, each a small program: what it does to whom, and how it is healed. A fault picks its victim among what is well, and
 * says no where there is none, so that one server at a time is down unless losing the majority is the point.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { ProcessUnderFire } from "./process-under-fire.ts";
import type { Random } from "./random.ts";
import type { Member, World } from "./world.ts";

export interface Fault {
  readonly kind: string;
  /** How often compared with the others. */
  readonly weight: number;
  /** What is done, for the log; null if there is no fit victim now. `healed` resolves when all is well again. */
  inject(world: World, random: Random): { readonly text: string; readonly healed: Promise<void> } | null;
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const wellOf = <T extends { readonly process: ProcessUnderFire }>(members: readonly T[]) =>
  members.filter(({ process }) => process.isUp);

/** One of the nodes or edges is hit, and at least one other of its role stays. */
const member = (
  role: "nodes" | "edges",
  kind: string,
  weight: number,
  act: (victim: Member, random: Random) => { text: string; healed: Promise<void> },
): Fault => ({
  kind,
  weight,
  inject: (world, random) => {
    const well = wellOf<Member>(world[role]);
    return well.length < 2 ? null : act(random.pick(well), random);
  },
});

const killed = async (process: ProcessUnderFire, afterMs: number) => {
  await process.kill();
  await wait(afterMs);
  await process.start();
};
const paused = async (processes: readonly ProcessUnderFire[], forMs: number) => {
  for (const process of processes) process.pause();
  await wait(forMs);
  for (const process of processes) process.resume();
};
const cut = async ({ lines }: Member, forMs: number, how: "cut" | "swallow") => {
  for (const line of lines) line[how]();
  await wait(forMs);
  for (const line of lines) line.heal();
};

const server = (
  kind: string,
  weight: number,
  act: (
    victim: World["cluster"]["servers"][number],
    random: Random,
    world: World,
  ) => { text: string; healed: Promise<void> } | null,
): Fault => ({
  kind,
  weight,
  inject: (world, random) => {
    const { servers } = world.cluster;
    return wellOf(servers).length < servers.length ? null : act(random.pick(servers), random, world);
  },
});

export const faults: readonly Fault[] = [
  member("nodes", "node kill -9", 10, ({ process }, random) => {
    const ms = random.between(0, 2_000);
    return { text: `${process.name}, back after ${seconds(ms)}`, healed: killed(process, ms) };
  }),
  member("nodes", "node paused", 14, ({ process }, random) => {
    const ms = random.between(500, 8_000); // Shorter and longer than its lease.
    return { text: `${process.name} for ${seconds(ms)}`, healed: paused([process], ms) };
  }),
  member("nodes", "node restarted in order", 5, ({ process }) => ({
    text: process.name,
    healed: process.endInOrder().then(() => process.start()),
  })),
  member("nodes", "node's lines cut", 14, (victim, random) => {
    const ms = random.between(0, 5_000);
    return { text: `${victim.process.name} for ${seconds(ms)}`, healed: cut(victim, ms, "cut") };
  }),
  member("nodes", "node's lines silent", 8, (victim, random) => {
    const ms = random.between(1_000, 7_000);
    return { text: `${victim.process.name} for ${seconds(ms)}`, healed: cut(victim, ms, "swallow") };
  }),
  {
    kind: "late timers (all nodes paused)",
    weight: 3,
    inject: ({ nodes }, random) => {
      if (wellOf(nodes).length < nodes.length) return null;
      const ms = random.between(1_000, 8_000);
      return {
        text: seconds(ms),
        healed: paused(
          nodes.map(({ process }) => process),
          ms,
        ),
      };
    },
  },
  member("edges", "edge kill -9", 6, ({ process }, random) => {
    const ms = random.between(0, 3_000);
    return { text: `${process.name}, back after ${seconds(ms)}`, healed: killed(process, ms) };
  }),
  member("edges", "edge paused", 6, ({ process }, random) => {
    const ms = random.between(500, 6_000);
    return { text: `${process.name} for ${seconds(ms)}`, healed: paused([process], ms) };
  }),
  member("edges", "edge's lines cut", 8, (victim, random) => {
    const ms = random.between(0, 4_000);
    return { text: `${victim.process.name} for ${seconds(ms)}`, healed: cut(victim, ms, "cut") };
  }),
  server("server kill -9", 5, ({ process }, random) => {
    const ms = random.between(200, 3_000);
    return { text: `${process.name}, back after ${seconds(ms)}`, healed: killed(process, ms) };
  }),
  server("server killed amid a batch", 5, ({ process }, random, world) => {
    const index = world.cluster.servers.findIndex((one) => one.process === process);
    const lines = world.nodes.flatMap(({ lines }) => lines[index] ?? []);
    const ms = random.between(200, 3_000);
    const begun = new Promise<boolean>((resolve) => {
      const stops = lines.map((line) => line.amidBatch(() => resolve(true)));
      setTimeout(() => {
        for (const stop of stops) stop();
        resolve(false); // No node writes through this server now: killed all the same, between batches.
      }, 3_000).unref();
    });
    return {
      text: `${process.name}, back after ${seconds(ms)}`,
      healed: begun.then(() => killed(process, ms)),
    };
  }),
  server("server paused", 5, ({ process }, random) => {
    const ms = random.between(500, 9_000);
    return { text: `${process.name} for ${seconds(ms)}`, healed: paused([process], ms) };
  }),
  server("server restarted in order", 3, ({ process }) => ({
    text: process.name,
    healed: process.endInOrder().then(() => process.start()),
  })),
  server("majority of servers paused", 2, (spared, random, { cluster: { servers } }) => {
    const others = servers.filter((one) => one !== spared).map(({ process }) => process);
    if (others.length === 0) return null;
    const ms = random.between(500, 4_000);
    return { text: `for ${seconds(ms)}`, healed: paused(others, ms) };
  }),
  {
    kind: "power cut (every server, node and edge killed)",
    weight: 3,
    inject: ({ cluster: { servers }, nodes, edges }, random) => {
      if (wellOf(servers).length < servers.length) return null;
      const members = wellOf<Member>([...nodes, ...edges]);
      const ms = random.between(0, 2_000);
      const all = (of: readonly { readonly process: ProcessUnderFire }[], act: "kill" | "start") =>
        Promise.all(of.map(({ process }) => process[act]()));
      const healed = async () => {
        await all([...servers, ...members], "kill");
        await wait(ms);
        await all(servers, "start");
        await all(members, "start");
      };
      return { text: `back after ${seconds(ms)}`, healed: healed() };
    },
  },
  {
    kind: "server's disk full",
    weight: 3,
    inject: ({ cluster: { servers, disk } }, random) => {
      const victim = servers.at(-1)?.process;
      if (disk === null || victim === undefined || wellOf(servers).length < servers.length) return null;
      const ms = random.between(1_000, 4_000);
      const healed = async () => {
        await disk.fill();
        await wait(ms);
        await disk.free();
        // A server that has met a full disk stops its streams; whoever made room starts it again.
        await victim.endInOrder();
        await victim.start();
      };
      return { text: `${victim.name} for ${seconds(ms)}, then restarted`, healed: healed() };
    },
  },
  {
    kind: "postgres kill -9",
    weight: 2,
    inject: ({ postgres }) => ({ text: "and back", healed: postgres.kill().then(() => postgres.restart()) }),
  },
  {
    kind: "mongo kill -9",
    weight: 1,
    inject: ({ mongo }) => ({ text: "and back, empty", healed: mongo.kill().then(() => mongo.restart()) }),
  },
  {
    kind: "portal loses a confirmation",
    weight: 2,
    inject: ({ portal }) => ({
      text: "of the next application",
      healed: fetch(`${portal.url}/__control/mode`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ mode: "lost-confirmation", count: 1 }),
      }).then((answer) => void answer.text()),
    }),
  },
];
