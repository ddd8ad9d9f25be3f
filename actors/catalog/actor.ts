/** The catalog kind: one actor per fingerprint, fed with everything that portals find. */
import { Schema } from "effect";
import { CatalogMessage } from "../../protocols/portal.ts";
import { streams, subjects } from "../../protocols/subjects.ts";
import { defineActor } from "../define-actor.ts";
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
      route: (message) => decode(message).posting.fingerprint,
    },
  ],
});
