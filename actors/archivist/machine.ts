/**
 * The archivist: keeps the read models (Postgres, Mongo) up to date with what has happened. One for the whole system.
 *
 * Hears  Start (the node, at each start)
 * Tells  the fact ArchiveBehind, once per trouble
 * Holds  only counts for people: the position lives in Postgres, in one transaction with what was applied
 */
import { assign, enqueueActions, setup } from "xstate";
import type { Fact } from "../../protocols/event.ts";
import type { ReaderMessage } from "../../protocols/read-models.ts";
import { backOffMs } from "../back-off.ts";
import type { Heard } from "../heard.ts";
import { messageOf } from "../message-of.ts";
import { task } from "../task.ts";

export interface ArchiveNextOutput {
  /** Sequence of the last fact applied. */
  readonly position: number;
  /** Facts applied in this run. */
  readonly applied: number;
  /** What is behind although the facts are not, for people; null if all is well. */
  readonly trouble: string | null;
}

export interface ArchivistSettings {
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
}
/** A database is back within seconds or within minutes; half a minute between tries disturbs nobody. */
export const archivistSettings: ArchivistSettings = { minBackoffMs: 1_000, maxBackoffMs: 30_000 };

interface Context extends ArchivistSettings {
  readonly id: string;
  readonly position: number;
  readonly failures: number;
  /** Said already, so not said again. */
  readonly behind: boolean;
}

export const archivistMachine = setup({
  types: {
    input: {} as { id: string; at: number } & Partial<ArchivistSettings>,
    context: {} as Context,
    events: {} as Heard<ReaderMessage>,
    emitted: {} as Fact,
  },
  actors: { archiveNext: task<ArchiveNextOutput, Record<string, never>>() },
  actions: {
    sayBehind: enqueueActions(({ context, enqueue }, params: { reason: string }) => {
      if (context.behind) return;
      enqueue.assign({ behind: true });
      enqueue.emit({ type: "ArchiveBehind", reason: params.reason.slice(0, 500) });
    }),
  },
  delays: {
    backOff: ({ context }) =>
      backOffMs(context.id, context.failures, { minMs: context.minBackoffMs, maxMs: context.maxBackoffMs }),
  },
}).createMachine({
  id: "archivist@1",
  context: ({ input }) => ({
    ...archivistSettings,
    ...input,
    position: 0,
    failures: 0,
    behind: false,
  }),
  initial: "idle",
  // Each node starts it; once is enough.
  on: { Start: {} },
  states: {
    idle: { on: { Start: "reading" } },
    reading: {
      invoke: {
        src: "archiveNext",
        input: {},
        onDone: [
          {
            guard: ({ event }) => event.output.trouble !== null,
            target: "reading",
            reenter: true,
            actions: [
              assign(({ event }) => ({ position: event.output.position, failures: 0 })),
              { type: "sayBehind", params: ({ event }) => ({ reason: event.output.trouble ?? "" }) },
            ],
          },
          {
            target: "reading",
            reenter: true,
            actions: assign(({ event }) => ({
              position: event.output.position,
              failures: 0,
              behind: false,
            })),
          },
        ],
        onError: {
          target: "waiting",
          actions: [
            assign(({ context }) => ({ failures: context.failures + 1 })),
            { type: "sayBehind", params: ({ event }) => ({ reason: messageOf(event.error) }) },
          ],
        },
      },
    },
    waiting: { after: { backOff: "reading" } },
  },
});
