/** Where a machine's `sendTo` may point. A target is a value; the runtime turns it into a subject. */
export type Target =
  /** Another actor's mailbox, `<kind>.<id>`. */
  | { readonly to: "actor"; readonly address: string }
  /** A topic of another stream, without the `callboard.` prefix, such as `jobs.raw.greenhouse-acme`. */
  | {
      readonly to: "topic";
      readonly topic: string;
      /** What follows belongs to a trace of its own, and not to what caused it. */
      readonly newTrace?: boolean;
    }
  /** The latest value of a key in a KV bucket. */
  | { readonly to: "record"; readonly bucket: string; readonly key: string }
  /** The one who asked: a reply leaves the node only after the turn has been committed, and is not stored. */
  | { readonly to: "reply"; readonly subject: string };

export function isTarget(value: unknown): value is Target {
  return (
    typeof value === "object" &&
    value !== null &&
    "to" in value &&
    (value.to === "actor" || value.to === "topic" || value.to === "record" || value.to === "reply")
  );
}
