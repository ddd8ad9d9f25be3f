/** Whether everything is ready, part by part, each asked with a limit of its own. */
import { connect } from "node:net";
import { kinds } from "../protocols/address.ts";
import type { Health } from "../protocols/api/http.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";

const limitMs = 2_000;

const within = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs).unref();
    }),
  ]);

export const checkHealth = async (
  link: EdgeLink,
  sql: Database,
  mongoUrl: string | undefined,
): Promise<Health> => {
  const part = async (name: string, required: boolean, look: () => Promise<string>) => {
    try {
      return { name, ok: true, required, detail: await within(look()) };
    } catch (error) {
      return { name, ok: false, required, detail: error instanceof Error ? error.message : String(error) };
    }
  };
  const parts = await Promise.all([
    part("nats", true, async () => `answers in ${await link.ping()} ms`),
    part("postgres", true, async () => {
      await sql`select 1`;
      return "answers";
    }),
    part("node", true, async () => {
      const nodes = await link.nodes();
      const hosted = new Set(nodes.flatMap((node) => node.kinds));
      const missing = kinds.filter((kind) => !hosted.has(kind));
      if (missing.length > 0) throw new Error(`no node hosts ${missing.join(", ")}`);
      return `${nodes.length} ${nodes.length === 1 ? "node hosts" : "nodes host"} all kinds`;
    }),
    part("kinds", true, async () => {
      const failing = (await link.nodes()).flatMap((node) => node.failing);
      if (failing.length > 0) throw new Error(`supervision gave up on ${failing.join(", ")}: see "actors"`);
      return "none fails";
    }),
    // An actor that is parked stops its own mail and nobody else's: to be seen, and no reason to send everybody away.
    part("actors", false, async () => {
      const parked = (await link.nodes()).flatMap((node) => Object.entries(node.parked));
      if (parked.length > 0) throw new Error(parked.map(([address, why]) => `${address}: ${why}`).join("; "));
      return "none is parked by its supervisor";
    }),
    ...(mongoUrl === undefined ? [] : [part("mongo", false, () => reach(mongoUrl))]),
  ]);
  return { ok: parts.every(({ ok, required }) => ok || !required), parts };
};

/** That it listens is all an edge needs to know; it never reads from it. */
const reach = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port || 27_017), timeout: limitMs });
    const end = (error?: Error) => {
      socket.destroy();
      if (error) reject(error);
      else resolve("listens");
    };
    socket.once("connect", () => end());
    socket.once("timeout", () => end(new Error("does not listen")));
    socket.once("error", (error) => end(error));
  });
