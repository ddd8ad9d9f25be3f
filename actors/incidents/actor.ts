/** The incidents kind: one actor per review queue, its id the queue's name. */
import { IncidentsMessage } from "../../protocols/incident.ts";
import { defineActor } from "../define-actor.ts";
import { incidentsMachine } from "./machine.ts";

export const incidentsActor = defineActor({
  kind: "incidents",
  machine: incidentsMachine,
  message: IncidentsMessage,
});
