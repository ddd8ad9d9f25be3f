/**
 * The pulse: counts what happens and says the figures of the board. One for the whole system.
 *
 * Hears  Start (the node, at each start)
 * Tells  the fact PulseMeasured, when a figure has changed
 * Holds  sums and the position they belong to, in one snapshot: so each fact counts once, whatever crashes
 */
import { enqueueActions, setup } from "xstate";
import type { Fact } from "../../protocols/event.ts";
import type { ReaderMessage } from "../../protocols/read-models.ts";
import { backOffMs } from "../back-off.ts";
import type { Heard } from "../heard.ts";
import { task } from "../task.ts";
import { type Deltas, figuresOf, fold, noCounts, type Sums } from "./fold.ts";

export interface ReadFactsInput {
  readonly position: number;
}
/** What came after the position that was asked for. */
export interface ReadFactsOutput extends Deltas {
  readonly position: number;
}

interface Context {
  readonly id: string;
  readonly sums: Sums;
  /** The figures said last, as JSON: said again only if they differ. */
  readonly said: string;
  readonly failures: number;
}

const bounds = { minMs: 1_000, maxMs: 30_000 };

export const pulseMachine = setup({
  types: {
    input: {} as { id: string; at: number },
    context: {} as Context,
    events: {} as Heard<ReaderMessage>,
    emitted: {} as Fact,
  },
  actors: { readFacts: task<ReadFactsOutput, ReadFactsInput>() },
  delays: { backOff: ({ context }) => backOffMs(context.id, context.failures, bounds) },
}).createMachine({
  id: "pulse@1",
  context: ({ input }) => ({
    id: input.id,
    sums: { position: 0, counts: noCounts(), minutes: [], portals: [] },
    said: "",
    failures: 0,
  }),
  initial: "idle",
  // Each node starts it; once is enough.
  on: { Start: {} },
  states: {
    idle: { on: { Start: "reading" } },
    reading: {
      invoke: {
        src: "readFacts",
        input: ({ context }) => ({ position: context.sums.position }),
        onDone: {
          target: "reading",
          reenter: true,
          actions: enqueueActions(({ context, event, enqueue }) => {
            const { position, ...deltas } = event.output;
            // Every event carries the time of its turn; XState's type of a done event does not know it.
            const { at } = event as unknown as { readonly at: number };
            const sums = fold(context.sums, position, deltas, at);
            const figures = figuresOf(sums, at);
            const said = JSON.stringify(figures);
            if (said !== context.said) enqueue.emit({ type: "PulseMeasured", ...figures });
            enqueue.assign({ sums, said, failures: 0 });
          }),
        },
        onError: {
          target: "waiting",
          actions: enqueueActions(({ context, enqueue }) => {
            enqueue.assign({ failures: context.failures + 1 });
          }),
        },
      },
    },
    waiting: { after: { backOff: "reading" } },
  },
});
