/** Our own trouble: declared by managers and ops, or noticed; what it would undo is shown before it is declared. */
import { Schema } from "effect";
import { Incident } from "../incident.ts";
import { Done, identifier, type Route, reason, type WithObjectRules } from "./route.ts";

const range = {
  from: Schema.Finite,
  /** Null: it lasts. */
  to: Schema.NullOr(Schema.Finite),
};

export const IncidentPreview = Schema.Struct({
  /** Strikes that it would take back. */
  voids: Schema.Int,
  /** Who would be unlocked by it. */
  unlocks: Schema.Array(Schema.String),
  /** Reviews under way whose time would be extended, at once or when it is over. */
  live: Schema.Int,
});
export type IncidentPreview = typeof IncidentPreview.Type;

export const IncidentList = Schema.Struct({ items: Schema.Array(Incident) });

export const incidentRoutes = {
  incidents: {
    method: "GET",
    path: "/api/incidents",
    access: ["manager", "ops"],
    summary: "Incidents, newest first",
    answer: IncidentList,
  },
  previewIncident: {
    method: "POST",
    path: "/api/incidents/preview",
    access: ["manager", "ops"],
    summary: "What declaring an incident of this time would undo; nothing is done",
    body: Schema.Struct(range),
    answer: IncidentPreview,
  },
  declareIncident: {
    method: "POST",
    path: "/api/incidents",
    access: ["manager", "ops"],
    summary: "Declare an incident: strikes within it are void, time that it took is given back",
    body: Schema.Struct({ ...range, reason }),
    answer: Schema.Struct({ incident: Schema.String }),
  },
  closeIncident: {
    method: "POST",
    path: "/api/incidents/:incident/close",
    access: ["manager", "ops"],
    object: "any",
    summary: "It is over: everybody at work gets its time back",
    params: Schema.Struct({ incident: identifier }),
    answer: Done,
  },
} as const satisfies Record<string, Route>;
incidentRoutes satisfies WithObjectRules<typeof incidentRoutes>;
