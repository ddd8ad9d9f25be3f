/** What people set for themselves, and managers for them: breaks, the end of the shift, skills, capacity, time. */
import { Schema } from "effect";
import { EmployeeProfile } from "../employee.ts";
import { Done, identifier, type Route, reason, type WithObjectRules } from "./route.ts";

const employee = Schema.Struct({ employee: identifier });

export const peopleRoutes = {
  takeBreak: {
    method: "POST",
    path: "/api/employees/me/break",
    access: ["employee"],
    summary: "A break, now or after the review in hand",
    answer: Done,
  },
  endShift: {
    method: "POST",
    path: "/api/employees/me/end-shift",
    access: ["employee"],
    summary: "The shift ends, now or after the review in hand",
    answer: Done,
  },
  setIntent: {
    method: "POST",
    path: "/api/employees/:employee/intent",
    access: ["manager"],
    object: "any",
    summary: "Put a person on break or off, now or after the review in hand",
    params: employee,
    body: Schema.Struct({ intent: Schema.Literals(["break", "offline"]), reason }),
    answer: Done,
  },
  setProfile: {
    method: "PUT",
    path: "/api/employees/:employee/profile",
    access: ["manager"],
    object: "any",
    summary: "Skills, languages, reviews at once, and how much more time this person gets",
    params: employee,
    body: Schema.Struct({ profile: EmployeeProfile, reason }),
    answer: Done,
  },
} as const satisfies Record<string, Route>;
peopleRoutes satisfies WithObjectRules<typeof peopleRoutes>;
