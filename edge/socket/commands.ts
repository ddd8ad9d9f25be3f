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

export const commandsOf = ({ people, reviews, unanswered, link, log }: EdgeContext) => {
  const carryOut = async (me: Me, frame: Command): Promise<void> => {
    if (!commandAccess[frame.op].includes(me.role)) throw notAllowed();
    switch (frame.op) {
      case "sign-in":
        return await people.signIn(me.id);
      case "sign-out":
        return await people.signOut(me.id);
      case "break":
        return await people.tell(me.id, { type: "TakeBreak" });
      case "end-shift":
        return await people.tell(me.id, { type: "EndShift" });
      case "extend":
        return await unanswered.watch(me.id, frame, "extend", () => reviews.extend(me.id, frame));
      case "acknowledge":
      case "warning-seen": {
        const { op, application, assignment } = frame;
        if (!people.holds(me.id, frame)) {
          const found = await reviews.describe(application);
          // Of another assignment it would use up the id of its holder's own.
          if (found.employee !== me.id || found.assignment !== assignment) throw notFound("such application");
        }
        const type = op === "acknowledge" ? "AcknowledgeReview" : "AcknowledgeWarning";
        const message = { type, employee: me.id, assignment } as { type: string };
        await link.tell(
          addressOf("application", application),
          message,
          `${type}-${application}-${assignment}`,
        );
      }
    }
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
