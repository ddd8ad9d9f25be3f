/**
 * Which partition an address belongs to, as the server's own `partition(n, 1, 2)` computes it: FNV-1a, 32 bits, over the two
 * tokens put together. Only for looking from outside: mail finds its partition at the server.
 */
import { partitions } from "./subjects.ts";

/** @param address `<kind>.<id>`, encoded */
export function partitionOf(address: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(address.replace(".", "")))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % partitions;
}
