/** What a command over the socket does, and its answer. The same `id` of the same person is done once, on whatever edge. */
import { addressOf } from "../../protocols/address.ts";
import type { Me } from "../../protocols/api/route.ts";
import { type ClientFrame, commandAccess } from "../../protocols/api/socket.ts";
import { asCommand } from "../command-key.ts";
import type { EdgeContext } from "../context.ts";
import { notAllowed, notFound, Refusal } from "../problem.ts";

type Command = Exclude<ClientFrame, { op: "watch" | "hidden" }>;

export interface Answered {
  readonly ok: boolean;
  readonly reason: string;
  readonly message: string;
}

export const commandsOf = ({ people, reviews, link, log }: EdgeContext) => {
  const carryOut = async (me: Me, frame: Command): Promise<void> => {
    if (!commandAccess[frame.op].includes(me.role)) throw notAllowed();
    if (frame.op === "sign-in") return await people.signIn(me.id);
    if (frame.op === "sign-out") return await people.signOut(me.id);
    const { application, assignment } = frame;
    const { employee } = await reviews.describe(application);
    if (employee !== me.id) throw notFound("such application");
    await link.tell(
      addressOf("application", application),
      { type: "AcknowledgeReview", employee: me.id, assignment } as { type: string },
      `shown-${application}-${assignment}`,
    );
  };

  return async (me: Me, frame: Command): Promise<Answered> => {
    try {
      await asCommand(me.id, `socket ${frame.id}`, () => carryOut(me, frame));
      return { ok: true, reason: "", message: "" };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, reason: error.reason, message: error.message };
      log(`${frame.op} of ${me.id}: ${error}`);
      return {
        ok: false,
        reason: "Unavailable",
        message: "The system has not answered. Try again in a moment.",
      };
    }
  };
};
