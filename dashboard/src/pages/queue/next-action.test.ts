import { expect, test } from "vitest";
import type { ApplicationRow } from "../../../../protocols/api/http.ts";
import { ApplicationStatus } from "../../../../protocols/application.ts";
import { person } from "../../testkit/person.ts";
import { nextAction, noReviewer } from "./next-action.ts";

const row = (application: string, status: ApplicationRow["status"]): ApplicationRow => ({
  ...{ application, status, score: 70, title: "", company: "", region: "eu", portal: "", candidate: "" },
  ...{ candidateName: "", employee: null, reference: null, reason: "", createdAt: 0, updatedAt: 0 },
});
const around = { people: [], waiting: ["a", "b", "c"], now: 0 };

test("every review that waits says its place, and none is without a next action", () => {
  expect(nextAction(row("a", "waiting"), around)).toBe("next free reviewer");
  expect(nextAction(row("c", "waiting"), around)).toBe("3rd in line");
  for (const status of ApplicationStatus.literals) expect(nextAction(row("x", status), around)).not.toBe("");
});

test("that nobody can take one is said with who could", () => {
  expect(noReviewer([person("a", "away"), person("b", "locked")])).toContain("1 offline, 1 locked");
  expect(noReviewer([person("c", "reviewing"), person("a", "away")])).toBe("");
});
