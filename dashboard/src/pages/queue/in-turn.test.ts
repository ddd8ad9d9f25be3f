import { expect, test } from "vitest";
import { Problem } from "../../api/problem.ts";
import { inTurn } from "./in-turn.ts";

const failing = (problems: Readonly<Record<string, Problem>>) => async (id: string) => {
  const problem = problems[id];
  if (problem) throw problem;
};
const named = (id: string) => id.toUpperCase();

test("what is refused holds up none of the others, and is named", async () => {
  const gone = new Problem(409, "NothingToDecide", "This review is not waiting any more.");
  expect(await inTurn(["a", "b", "c"], named, failing({ b: gone }))).toEqual({
    done: ["a", "c"],
    problem: "2 of 3 done. B: This review is not waiting any more.",
  });
});

test("a server that is away is not asked for each of them", async () => {
  const away = new Problem(0, "", "The server could not be reached.");
  expect(await inTurn(["a", "b", "c"], named, failing({ b: away, c: away }))).toEqual({
    done: ["a"],
    problem: "1 of 3 done. B: The server could not be reached.",
  });
});

test("nothing is said when all is done", async () => {
  expect(await inTurn(["a"], named, failing({}))).toEqual({ done: ["a"], problem: "" });
});
