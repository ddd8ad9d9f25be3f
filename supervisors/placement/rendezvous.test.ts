/** Every node computes the same owner, shares are even, and only the share of a node that comes or goes moves. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ownerOf } from "./rendezvous.ts";

const keys = Array.from({ length: 320 }, (_, i) => `kind${i % 10}/${Math.floor(i / 10)}`);
const nodeNames = fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,12}$/), { minLength: 1, maxLength: 8 });

test("the order in which nodes are known makes no difference", () => {
  fc.assert(
    fc.property(nodeNames, (nodes) => {
      for (const key of keys.slice(0, 20))
        expect(ownerOf(key, nodes)).toBe(ownerOf(key, [...nodes].reverse()));
    }),
  );
});

test("a node that leaves moves only what it had", () => {
  fc.assert(
    fc.property(nodeNames, (nodes) => {
      const [gone, ...rest] = nodes;
      for (const key of keys.slice(0, 40)) {
        const before = ownerOf(key, nodes);
        if (before !== gone) expect(ownerOf(key, rest)).toBe(before);
      }
    }),
  );
});

test("four nodes share 320 partitions evenly", () => {
  const nodes = ["node-a", "node-b", "node-c", "node-d"];
  const shares = nodes.map((node) => keys.filter((key) => ownerOf(key, nodes) === node).length);
  for (const share of shares) expect(share).toBeGreaterThan(50);
});

test("without nodes there is no owner", () => {
  expect(ownerOf("kind/0", [])).toBeUndefined();
});
