/** The portal kind: one actor per job board. */
import { PortalMessage } from "../../protocols/portal.ts";
import { defineActor } from "../define-actor.ts";
import type { PortalSettings } from "./context.ts";
import { portalMachine } from "./machine.ts";

/** @param settings back-off after a block or failure; the defaults suit real portals. */
export const portalActor = (settings: Partial<PortalSettings> = {}) =>
  defineActor({
    kind: "portal",
    machine: portalMachine,
    message: PortalMessage,
    settings: { ...settings },
    // The machine backs off by itself and says so; a hidden second try would only press on a portal in trouble.
    tasks: { discover: { retries: 0, timeoutMs: 600_000, concurrency: 256 } },
  });
