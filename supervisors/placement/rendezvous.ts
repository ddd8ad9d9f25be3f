/**
 * Rendezvous hashing (Thaler and Ravishankar, 1998): every node computes the same owner from the same list of nodes, and
 * a node that comes or goes moves only its own share. There is no coordinator.
 */
import { createHash } from "node:crypto";

/** The node of highest weight for `key`; undefined where there is none. */
export function ownerOf(key: string, nodes: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestWeight = "";
  for (const node of nodes) {
    const weight = createHash("sha1").update(`${node}\n${key}`).digest("hex");
    if (best === undefined || weight > bestWeight) {
      best = node;
      bestWeight = weight;
    }
  }
  return best;
}
