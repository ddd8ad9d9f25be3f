/** The routes of dead letters and parked actors: a node's desk does the work, and records who asked for it and why. */
import { Schema } from "effect";
import {
  DeadPage,
  type DeskRequest,
  Dropped,
  PausedList,
  ReplayReport,
  Resumed,
} from "../protocols/dead-letter.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Handlers } from "./handlers.ts";
import { Refusal } from "./problem.ts";

type Names =
  | "deadLetters"
  | "replayDeadLetter"
  | "dropDeadLetter"
  | "replayDeadLetters"
  | "dropDeadLetters"
  | "pausedActors"
  | "resumeActor";

const statuses: Readonly<Record<string, number>> = { NoSuchLetter: 404, NoSuchActor: 404, DeskFailed: 503 };
const done = { ok: true } as const;

/** Asks a node's desk, and decodes its answer. @throws Refusal with the desk's own reason */
export const deskQuestions =
  (link: Pick<EdgeLink, "askDesk">) =>
  async <S extends Schema.Decoder<unknown>>(schema: S, request: DeskRequest): Promise<S["Type"]> => {
    const answer = await link.askDesk(request);
    if (!answer.ok) throw new Refusal(statuses[answer.reason] ?? 409, answer.reason, answer.message);
    return Schema.decodeUnknownSync(schema)(answer.value);
  };

export const deadLetterHandlers = (link: EdgeLink): Pick<Handlers, Names> => {
  const ask = deskQuestions(link);
  return {
    deadLetters: ({ query }) => ask(DeadPage, { type: "ListDead", ...query }),
    replayDeadLetter: async ({ me, params, body }) => {
      await ask(Schema.Struct({}), { type: "ReplayDead", ...params, ...body, by: me.id });
      return done;
    },
    dropDeadLetter: async ({ me, params, body }) => {
      await ask(Schema.Struct({}), { type: "DropDead", ...params, ...body, by: me.id });
      return done;
    },
    replayDeadLetters: ({ me, body }) => ask(ReplayReport, { type: "ReplayMany", ...body, by: me.id }),
    dropDeadLetters: ({ me, body }) => ask(Dropped, { type: "DropMany", ...body, by: me.id }),
    pausedActors: () => ask(PausedList, { type: "ListPaused" }),
    resumeActor: ({ me, params, body }) =>
      ask(Resumed, { type: "ResumePaused", ...params, ...body, by: me.id }),
  };
};
