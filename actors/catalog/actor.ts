/** The catalog kind: one actor per company and title, fed with everything that portals find. */
import { Schema } from "effect";
import { CatalogMessage } from "../../protocols/portal.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { defineActor } from "../define-actor.ts";
import { catalogGroup } from "./group.ts";
import { catalogMachine } from "./machine.ts";

const decode = Schema.decodeUnknownSync(CatalogMessage);

export const catalogActor = defineActor({
  kind: "catalog",
  machine: catalogMachine,
  message: CatalogMessage,
  feeds: [
    {
      stream: streams.jobs,
      filter: subjects.allRaw,
      route: (message) => {
        const found = decode(message);
        if (found.type !== "JobDiscovered")
          throw new Error(`${found.type} is told to its catalog actor, not to all.`);
        return catalogGroup(found.posting);
      },
    },
  ],
});
