/** Tells an actor to do something, and waits for its decision. */
import { Schema } from "effect";
import { CommandReply } from "../protocols/rejection.ts";
import { AlreadyTold, type EdgeLink } from "../supervisors/edge-link.ts";
import { commandKey } from "./command-key.ts";
import { Refusal } from "./problem.ts";

const decodeReply = Schema.decodeUnknownSync(CommandReply);

/** @throws Refusal 409 with the actor's own reason, or if the same command was told before and its answer is lost */
export const commandActor = async (
  link: Pick<EdgeLink, "ask">,
  address: string,
  message: { readonly type: string },
): Promise<void> => {
  let answer: unknown;
  try {
    answer = await link.ask(address, message, { key: commandKey(address, message.type) });
  } catch (error) {
    if (!(error instanceof AlreadyTold)) throw error;
    throw new Refusal(409, "AlreadyDone", "This was told before. Look how it stands now.");
  }
  const reply = decodeReply(answer);
  if (reply.type === "Rejected") throw new Refusal(409, reply.reason, reply.message);
};
