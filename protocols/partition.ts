/**
 * Which partition an address belongs to, as the server's own `partition(n, 1, 2)` computes it: FNV-1a, 32 bits, over the two
 * tokens put together. Only for looking from outside: mail finds its partition at the server.
 */
import { partitions } from "./subjects.ts";

/** @param address `<kind>.<id>`, encoded */
export const partitionOf = (address: string): number => fnv1a(address.replace(".", "")) % partitions;

/** FNV-1a, 32 bits, of the text's UTF-8. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

const encoder = new TextEncoder();
