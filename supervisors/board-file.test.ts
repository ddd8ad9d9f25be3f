/** The file of boards: one line each, and one clear line for what is wrong with it. */
import { expect, test } from "vitest";
import { readBoards } from "./board-file.ts";

test("an address is enough; what follows it corrects the guess", () => {
  const boards = readBoards(
    `# ours
https://boards.greenhouse.io/acme-labs

https://jobs.lever.co/northwind company="Northwind & Sons" region=us every=2h`,
    1_000,
  );
  expect(boards).toMatchObject([
    { board: { adapter: "greenhouse", company: "Acme Labs", region: "eu" }, pollEveryMs: 15 * 60_000 },
    {
      board: { portal: "lever-northwind", company: "Northwind & Sons", region: "us" },
      pollEveryMs: 7_200_000,
    },
  ]);
});

test.each([
  ["acme", /line 1: "acme" is no address of a board. Supported are/],
  ["https://jobs.lever.co/a every=soon", /line 1: every=soon; allowed are 1m to 24h/],
  ["https://jobs.lever.co/a every=0m", /allowed are 1m to 24h/],
  ["\nhttps://jobs.lever.co/a regoin=eu", /line 2: regoin=eu is none of company/],
  ["https://jobs.lever.co/a region=EU!", /region=EU!; allowed are small letters/],
  ["https://jobs.lever.co/a\nhttps://jobs.lever.co/a/1", /line 2: lever-a stands in it twice/],
])("%j is refused", (text, problem) => {
  expect(() => readBoards(text, 1_000)).toThrow(problem);
});
