/**
 * What Node is started with where the kinds of a review live: the embedded node, and the Nomad job `actors`. Most of what a turn
 * makes is garbage some milliseconds later: with more room for what is young, it takes a tenth less of a processor, for up to
 * 50 MB (docs/bench.md).
 */
export const nodeFlags: readonly string[] = ["--max-semi-space-size=32"];
