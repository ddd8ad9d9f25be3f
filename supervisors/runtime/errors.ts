/** What can go wrong in the runtime, with what the runtime does about it. */
import { Schema } from "effect";

/** The machine, or what it asked for, broke its contract. A defect: the kind's policy decides. */
export class MachineDefect extends Schema.TaggedError<MachineDefect>()("MachineDefect", {
  address: Schema.String,
  message: Schema.String,
}) {}

/** A snapshot beyond the refusal size. A defect: a turn that would store it is not committed. */
export class SnapshotTooLarge extends Schema.TaggedError<SnapshotTooLarge>()("SnapshotTooLarge", {
  address: Schema.String,
  message: Schema.String,
}) {}

/** This node does not own the partition any more: whatever was about to happen must not. Never retried here. */
export class OwnershipLost extends Schema.TaggedError<OwnershipLost>()("OwnershipLost", {
  address: Schema.String,
  message: Schema.String,
}) {}

/** The stored state names a machine version that this node does not know. The actor is paused until a node does. */
export class UnknownVersion extends Schema.TaggedError<UnknownVersion>()("UnknownVersion", {
  address: Schema.String,
  message: Schema.String,
}) {}

/** An error as data: for snapshots, dead letters and `onError`. No stack, it may hold paths and values. */
export function describeError(error: unknown): { readonly name: string; readonly message: string } {
  if (error instanceof Error) return { name: error.name, message: error.message };
  if (typeof error === "object" && error !== null && "message" in error && typeof error.message === "string")
    return { name: "name" in error ? String(error.name) : "Error", message: error.message };
  return { name: "Error", message: String(error) };
}
