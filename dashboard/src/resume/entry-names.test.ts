import { expect, test } from "vitest";
import { entryNames } from "./entry-names.ts";

test("what has a name of its own is called by it", () => {
  expect(
    entryNames([
      { name: "Contoso", detail: "Engineer" },
      { name: "Fabrikam", detail: "Engineer" },
    ]),
  ).toEqual(["Contoso", "Fabrikam"]);
});

test("two of one name are told apart by what else is known, and else by their number", () => {
  expect(
    entryNames([
      { name: "Greenway Travel", detail: "Engineer" },
      { name: "Greenway Travel", detail: "Lead" },
      { name: "Contoso", detail: "" },
    ]),
  ).toEqual(["Greenway Travel (Engineer)", "Greenway Travel (Lead)", "Contoso"]);
  expect(
    entryNames([
      { name: "Job", detail: "" },
      { name: "Job", detail: "" },
      { name: "Job", detail: "Lead" },
    ]),
  ).toEqual(["Job (1)", "Job (2)", "Job (Lead)"]);
  expect(
    entryNames([
      { name: "Job", detail: "" },
      { name: "Job", detail: "Lead" },
    ]),
  ).toEqual(["Job", "Job (Lead)"]);
});
