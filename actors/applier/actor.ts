/** The applier kind: one bot per portal. */
import { ApplierMessage } from "../../protocols/applier.ts";
import { defineActor } from "../define-actor.ts";
import { type ApplierSettings, applierMachine } from "./machine.ts";

/** @param settings back-off after a block or failure; the defaults suit real portals. */
export const applierActor = (settings: Partial<ApplierSettings> = {}) =>
  defineActor({
    kind: "applier",
    machine: applierMachine,
    message: ApplierMessage,
    settings: { ...settings },
    // A submission is never repeated behind the machine's back.
    tasks: { submitApplication: { retries: 0, timeoutMs: 180_000, concurrency: 2 } },
  });
