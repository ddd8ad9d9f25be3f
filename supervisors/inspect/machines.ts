/** The machines of this build, for who wants to draw one: any node can answer for all kinds, whichever it hosts. */
import type { AnyStateMachine } from "xstate";
import { applicationMachine } from "../../actors/application/machine.ts";
import { applierMachine } from "../../actors/applier/machine.ts";
import { archivistMachine } from "../../actors/archivist/machine.ts";
import { candidateMachine } from "../../actors/candidate/machine.ts";
import { catalogMachine } from "../../actors/catalog/machine.ts";
import { dispatcherMachine } from "../../actors/dispatcher/machine.ts";
import { employeeMachine } from "../../actors/employee/machine.ts";
import { incidentsMachine } from "../../actors/incidents/machine.ts";
import { matcherMachine } from "../../actors/matcher/machine.ts";
import { portalMachine } from "../../actors/portal/machine.ts";
import { pulseMachine } from "../../actors/pulse/machine.ts";
import type { Kind } from "../../protocols/address.ts";

const machines: Readonly<Record<Kind, AnyStateMachine>> = {
  portal: portalMachine,
  catalog: catalogMachine,
  matcher: matcherMachine,
  candidate: candidateMachine,
  application: applicationMachine,
  dispatcher: dispatcherMachine,
  employee: employeeMachine,
  incidents: incidentsMachine,
  applier: applierMachine,
  archivist: archivistMachine,
  pulse: pulseMachine,
};

/** Null if an actor still runs an older version than this build's. */
export const machineOf = (version: string): AnyStateMachine | null =>
  Object.values(machines).find(({ id }) => id === version) ?? null;
