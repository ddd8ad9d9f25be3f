/** The application kind: one actor per candidate and job, told by the matcher. */
import { ApplicationMessage } from "../../protocols/application.ts";
import { defineActor } from "../define-actor.ts";
import { type ApplicationSettings, applicationSettings, sinceVersion1 } from "./context.ts";
import { applicationMachine } from "./machine.ts";

/** The states are those of version 1; what it did not remember is what a new application begins with. */
const migrate = (persisted: unknown, settings: Partial<ApplicationSettings>): unknown => {
  const { context, ...rest } = persisted as { context: object };
  return { ...rest, context: { ...applicationSettings, ...settings, ...sinceVersion1, ...context } };
};

/** @param settings what differs from `applicationSettings`; it is fixed for an application when it is created. */
export const applicationActor = (settings: Partial<ApplicationSettings> = {}) =>
  defineActor({
    kind: "application",
    machine: applicationMachine,
    message: ApplicationMessage,
    settings: { ...settings },
    oneTrace: true,
    migrate: (persisted) => migrate(persisted, settings),
  });
