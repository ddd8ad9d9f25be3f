/** What ops is told of each part, made of figures alone, which two edges tell. */
import { expect, test } from "vitest";
import { figureSamples } from "./figure-samples.ts";
import { createSubsystems } from "./subsystems.ts";

const actorsWhere = async (figures: Readonly<Record<string, number>>) => {
  const samples = figureSamples(
    async () =>
      Object.entries(figures).map(([name, value]) => ({
        name,
        values: [
          { value, labels: { node: "edge-a" } },
          { value, labels: { node: "edge-b" } },
        ],
      })),
    () => {},
  );
  await samples.watched();
  const row = createSubsystems(samples)().find(({ name }) => name === "Actors");
  samples.close();
  return row;
};

test("what edges tell and no node takes in is an outage, though every node is alive", async () => {
  const alive = { callboard_live_nodes: 3 };
  expect(await actorsWhere({ ...alive, callboard_oldest_command_seconds: 10 })).toMatchObject({
    state: "ok",
  });
  expect(await actorsWhere({ ...alive, callboard_oldest_command_seconds: 61 })).toMatchObject({
    state: "down",
    why: "No node has taken in what edges tell for 61 s: nobody can do anything.",
  });
  expect(await actorsWhere({ callboard_live_nodes: 0 })).toMatchObject({
    state: "down",
    why: "No node has a lease: nothing is decided.",
  });
});
