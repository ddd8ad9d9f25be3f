/**
 * A catalog actor: one job, whichever boards list it. Its id is the fingerprint, so every copy of the job reaches the same
 * actor; the first is listed, later ones are sightings.
 */
import { assign, setup } from "xstate";
import type { Fact } from "../../protocols/event.ts";
import type { CatalogMessage } from "../../protocols/portal.ts";
import { topics } from "../../protocols/subjects.ts";
import type { Heard } from "../heard.ts";
import { topic } from "../remote.ts";

interface Sighting {
  readonly portal: string;
  readonly externalId: string;
}

/** A job on more boards than this is told again each time one of the forgotten ones shows it: harmless. */
export const maxSightings = 20;

const catalog = setup({
  types: {
    context: {} as { readonly id: string; readonly sightings: readonly Sighting[] },
    events: {} as Heard<CatalogMessage>,
    input: {} as { id: string; at: number },
    emitted: {} as Fact,
  },
  actions: {
    rememberSighting: assign(({ context, event }) => ({
      sightings: [
        ...context.sightings,
        { portal: event.posting.portal, externalId: event.posting.externalId },
      ].slice(-maxSightings),
    })),
  },
  guards: {
    seenThere: ({ context, event }) =>
      context.sightings.some(
        ({ portal, externalId }) =>
          portal === event.posting.portal && externalId === event.posting.externalId,
      ),
  },
});

export const catalogMachine = catalog.createMachine({
  id: "catalog@1",
  context: ({ input }) => ({ id: input.id, sightings: [] }),
  initial: "unknown",
  states: {
    unknown: {
      on: {
        JobDiscovered: {
          target: "listed",
          actions: [
            "rememberSighting",
            catalog.enqueueActions(({ context, enqueue, event }) => {
              const posting = { ...event.posting, id: context.id };
              enqueue.sendTo(topic(topics.listed(posting.region)), { type: "JobListed", posting });
              enqueue.emit({ type: "JobListed", job: context.id, posting });
            }),
          ],
        },
      },
    },
    listed: {
      on: {
        JobDiscovered: [
          // The same posting again (a redelivery, an edit): the job is listed already.
          { guard: "seenThere" },
          {
            actions: [
              "rememberSighting",
              catalog.emit(({ context, event }) => ({
                type: "JobSeenAgain",
                job: context.id,
                portal: event.posting.portal,
                externalId: event.posting.externalId,
                url: event.posting.url,
              })),
            ],
          },
        ],
      },
    },
  },
});
