/** What the edge offers about boards: seeing how each stands, adding one by its address, and what may be done with it. */
import { Schema } from "effect";
import { BoardStanding } from "../portal.ts";
import { PortalKind } from "../portal-kind.ts";

const text = (most: number) => Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(most));
const people = ["manager", "ops"] as const;
const done = Schema.Struct({ ok: Schema.Literal(true) });

export const BoardList = Schema.Struct({
  items: Schema.Array(BoardStanding),
  serverNow: Schema.Finite,
});

/** What an address is, before it is added. */
export const RecognisedBoard = Schema.Struct({
  adapter: PortalKind,
  /** Where the list will be asked for. */
  url: Schema.String,
  /** The id that it will have, or has. */
  portal: Schema.String,
  /** A guess from the address, to be corrected. */
  company: Schema.String,
  /** It is watched already. */
  known: Schema.Boolean,
  /** Why its kind is not asked, and what to do; "" if it is. As this edge's own settings say. */
  off: Schema.String,
  /** How often it will be looked at if nobody says otherwise. */
  everyMinutes: Schema.Finite,
});
export type RecognisedBoard = typeof RecognisedBoard.Type;

export const AddBoardBody = Schema.Struct({
  url: text(2_000),
  company: text(200),
  region: Schema.String.check(Schema.isPattern(/^[a-z][a-z0-9-]{0,30}$/)),
  everyMinutes: Schema.optional(Schema.Finite.check(Schema.isBetween({ minimum: 1, maximum: 1_440 }))),
});
export type AddBoardBody = typeof AddBoardBody.Type;

/** `hold` switches it off for an hour. */
export const BoardAction = Schema.Literals(["look", "reset", "hold", "switch-off", "switch-on", "remove"]);
export type BoardAction = typeof BoardAction.Type;

export const boardRoutes = {
  boards: {
    method: "GET",
    path: "/api/boards",
    access: people,
    summary: "Every board and how it stands",
    answer: BoardList,
  },
  recogniseBoard: {
    method: "POST",
    path: "/api/boards/recognise",
    access: people,
    summary: "Which kind of portal an address belongs to; nothing is asked or stored",
    body: Schema.Struct({ url: text(2_000) }),
    answer: RecognisedBoard,
  },
  addBoard: {
    method: "POST",
    path: "/api/boards",
    access: people,
    summary: "Watch the board at this address",
    body: AddBoardBody,
    answer: Schema.Struct({ ok: Schema.Literal(true), portal: Schema.String }),
  },
  boardAction: {
    method: "POST",
    path: "/api/boards/:portal/:action",
    access: people,
    object: "any",
    summary: "Look now, reset the breaker, switch off or on, remove",
    params: Schema.Struct({ portal: text(300), action: BoardAction }),
    answer: done,
  },
} as const;
