/** The application kind: one actor per candidate and job, told by the matcher. */
import { ApplicationMessage } from "../../protocols/application.ts";
import { defineActor } from "../define-actor.ts";
import type { ApplicationSettings } from "./context.ts";
import { applicationMachine } from "./machine.ts";

/** @param settings what differs from `applicationSettings`; it is fixed for an application when it is created. */
export const applicationActor = (settings: Partial<ApplicationSettings> = {}) =>
  defineActor({
    kind: "application",
    machine: applicationMachine,
    message: ApplicationMessage,
    settings: { ...settings },
    oneTrace: true,
  });
