/** Asks a node's desk about dead letters and parked actors, with the rights of an edge. */
import { userInfo } from "node:os";
import { Schema } from "effect";
import { DeskAnswer, type DeskRequest } from "../../protocols/dead-letter.ts";
import { subjects } from "../../protocols/subjects.ts";
import { connectNats } from "../../supervisors/connect-nats.ts";
import { roleConfig } from "../process-role.ts";

const decode = Schema.decodeUnknownSync(DeskAnswer);
/** A replay in phases waits for each phase. */
const patienceMs = 600_000;

/** Who is recorded as having done it. */
export const operator = (): string => userInfo().username;

export interface Desk {
  /** @throws Error with the desk's own sentence if it refuses. */
  ask<S extends Schema.Decoder<unknown>>(answer: S, request: DeskRequest): Promise<S["Type"]>;
}

export async function atDesk(use: (desk: Desk) => Promise<void>): Promise<void> {
  const config = await roleConfig("edge");
  const nc = await connectNats(config, "edge", "callboard dead");
  try {
    await use({
      ask: async (answer, request) => {
        const asked = nc.request(subjects.desk, JSON.stringify(request), { timeout: patienceMs });
        const said = decode(
          (
            await asked.catch(() => {
              throw new Error("no node answers: start one (npm start, or callboard node), then try again");
            })
          ).json(),
        );
        if (!said.ok) throw new Error(said.message);
        return Schema.decodeUnknownSync(answer)(said.value);
      },
    });
  } finally {
    await nc.close();
  }
}
