/** The one manager of a run, who works at whatever edge answers: unlocks whoever was locked, and sets the queue's numbers. */
import { setTimeout as wait } from "node:timers/promises";
import type { QueueSettings } from "../../protocols/queue-settings.ts";
import { logIn } from "./reviewer.ts";
import type { World } from "./world.ts";

export interface Manager {
  /** Asked again while the account is locked. */
  unlock(employee: string): Promise<void>;
  /** Resolves when they hold. */
  changeSettings(change: (settings: QueueSettings) => Partial<QueueSettings>): Promise<void>;
}

export function startManager({ manager, edges }: World, isOver: () => boolean): Manager {
  let cookie: Promise<string> | null = null;

  /** The answer's body; null if no edge gave one now. */
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    cookie ??= logIn(manager, edges, isOver);
    for (const { port } of edges)
      try {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
          method,
          headers: { "content-type": "application/json", cookie: await cookie },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(6_000),
        });
        const text = await answer.text();
        if (answer.status === 200) return JSON.parse(text);
      } catch {
        // That edge is down: the other one.
      }
    await wait(500);
    return null;
  };

  return {
    unlock: async (employee) => {
      await call("POST", `/api/employees/${employee}/unlock`, { reason: "Looked into it." });
    },
    changeSettings: async (change) => {
      while (!isOver()) {
        const queue = (await call("GET", "/api/queues/main")) as {
          settings: QueueSettings;
          version: number;
        } | null;
        if (queue === null) continue;
        const settings = { ...queue.settings, ...change(queue.settings) };
        const reason = "For this run.";
        if (await call("PUT", "/api/queues/main/settings", { settings, version: queue.version, reason }))
          return;
      }
    },
  };
}
