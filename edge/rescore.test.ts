import { afterAll, expect, test } from "vitest";
import { openPostgres } from "../supervisors/storage/postgres/open-postgres.ts";
import { createRescorer } from "./rescore.ts";
import type { Reviews } from "./reviews.ts";

const posting = {
  title: "Backend Engineer",
  datePosted: "2026-01-10",
  description: "Requirements\n3+ years of backend development\nPostgreSQL\nApache Kafka",
};
const reviews = {
  describe: async () => ({ employee: "mira", assignment: 2, job: { id: "job1" } }),
  posting: async () => posting,
} as unknown as Reviews;
// Without a database the vectors are computed.
const sql = openPostgres("postgres://127.0.0.1:9/none", 1);
const rescorer = createRescorer(reviews, sql, () => {});
afterAll(async () => {
  await rescorer.close();
  await sql.end({ timeout: 1 });
});

const resumeWith = (line: string) => ({
  basics: { name: "Ada", label: "Backend Engineer" },
  work: [
    {
      name: "Acme",
      position: "Backend Engineer",
      startDate: "2019-01",
      highlights: ["Ran PostgreSQL for 40 services", line],
    },
  ],
});
const missing = (line: string, assignment = 2) =>
  rescorer
    .rescore("mira", { application: "a", assignment }, resumeWith(line))
    .then(({ score, suggestions }) => ({
      missing: score.parts.mustHaves.missing,
      kinds: suggestions.map(({ kind }) => kind),
    }));

test("the draft as it stands is scored: a line that shows what was missing takes the suggestion away", async () => {
  const before = await missing("Responsible for the build");
  expect(before.missing.join()).toContain("Kafka");
  expect(before.kinds).toEqual(expect.arrayContaining(["missing", "opening"]));
  const after = await missing("Moved 14 services to Apache Kafka");
  expect(after.missing.join()).not.toContain("Kafka");
  expect(after.kinds).not.toContain("opening");
});

test("an assignment that is over and a document that is no résumé are refused", async () => {
  await expect(missing("x", 1)).rejects.toMatchObject({ status: 409, reason: "NotYourAssignment" });
  await expect(
    rescorer.rescore("mira", { application: "a", assignment: 2 }, { work: "Acme" }),
  ).rejects.toMatchObject({ status: 400 });
});
