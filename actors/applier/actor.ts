/** The applier kind: one bot per portal. */
import { ApplierMessage } from "../../protocols/applier.ts";
import { defineActor } from "../define-actor.ts";
import { type ApplierSettings, applierMachine, applierSettings } from "./machine.ts";

/** A snapshot of before there was a mode: nobody has decided, and nothing is counted yet. */
const migrate = (persisted: unknown, settings: ApplierSettings): unknown => {
  const before = persisted as { readonly context: Record<string, unknown> };
  const { dailyLimit, everyMs, liveAt } = settings;
  return {
    ...before,
    context: {
      ...{
        dailyLimit,
        everyMs,
        liveAt,
        mode: null,
        switched: { by: "", at: 0, reason: "" },
        day: 0,
        sent: {},
      },
      ...before.context,
    },
  };
};

/** @param settings back-off after a block or failure; the defaults suit real portals. */
export const applierActor = (settings: Partial<ApplierSettings> = {}) =>
  defineActor({
    kind: "applier",
    machine: applierMachine,
    message: ApplierMessage,
    settings: { ...settings },
    migrate: (persisted) => migrate(persisted, { ...applierSettings, ...settings }),
    // A submission is never repeated behind the machine's back.
    tasks: { submitApplication: { retries: 0, timeoutMs: 180_000, concurrency: 2 } },
  });
