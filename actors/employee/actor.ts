/** The employee kind: one actor per reviewer's account. */
import { EmployeeMessage } from "../../protocols/employee.ts";
import { defineActor } from "../define-actor.ts";
import { employeeMachine } from "./machine.ts";
import type { EmployeeSettings } from "./setup.ts";

/** @param settings the queue the reviewers work for, "main" if not said. */
export const employeeActor = (settings: Partial<EmployeeSettings> = {}) =>
  defineActor({
    kind: "employee",
    machine: employeeMachine,
    message: EmployeeMessage,
    settings: { ...settings },
  });
