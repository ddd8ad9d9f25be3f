/** What a reviewer is shown beside the review itself: their place in line, earlier versions of the draft, and the file that would be sent. */
import { Schema } from "effect";
import { identifier, type Route } from "./route.ts";

/** A draft as it was saved. */
export const DraftVersion = Schema.Struct({
  resumeVersion: Schema.String,
  at: Schema.Finite,
  employee: Schema.String,
  assignment: Schema.Int,
});
export type DraftVersion = typeof DraftVersion.Type;

export const Line = Schema.Struct({
  /** 1 gets the next review; null while one is not free. */
  position: Schema.NullOr(Schema.Int),
  free: Schema.Int,
  /** How long people waited for their next review lately: half of them at most so long; null if nobody did. */
  typicalWaitMs: Schema.NullOr(Schema.Finite),
});
export type Line = typeof Line.Type;

const held = { application: identifier, assignment: Schema.FiniteFromString.check(Schema.isInt()) };
const employees = ["employee"] as const;

export const deskRoutes = {
  line: {
    method: "GET",
    path: "/api/review/line",
    access: employees,
    summary: "Where one stands among those who wait for a review",
    answer: Line,
  },
  draftVersions: {
    method: "GET",
    path: "/api/review/versions",
    access: employees,
    object: "held by the employee",
    summary:
      "The drafts of the review in hand as they were saved, newest first, those of earlier reviewers too",
    query: Schema.Struct(held),
    answer: Schema.Struct({ items: Schema.Array(DraftVersion), baseVersion: Schema.String }),
  },
  draftVersion: {
    method: "GET",
    path: "/api/review/version",
    access: employees,
    object: "held by the employee",
    summary: "One of them, or the base version",
    query: Schema.Struct({ ...held, resumeVersion: identifier }),
    answer: Schema.Struct({ resume: Schema.Json }),
  },
  draftPdf: {
    method: "GET",
    path: "/api/review/draft.pdf",
    access: employees,
    object: "held by the employee",
    summary: "The draft as the file that would be sent",
    query: Schema.Struct(held),
    answer: "bytes",
  },
} as const satisfies Record<string, Route>;
