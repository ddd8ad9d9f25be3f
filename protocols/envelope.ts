/** What travels beside a message, in headers: the trace, who says it, and what caused it. */

export const header = {
  /** W3C Trace Context: `00-<32 hex trace>-<16 hex span>-01`. One trace runs through all messages of one application. */
  trace: "traceparent",
  /** The address of the actor that says it. */
  from: "Callboard-From",
  /** The ACTS sequence of the message that caused it. */
  cause: "Callboard-Cause",
  messageId: "Nats-Msg-Id",
  /** On a KV record: the ACTS sequence that it was said at. A later one is never replaced by an earlier. */
  said: "Callboard-Said",
} as const;

const hex = (length: number) => {
  let digits = "";
  while (digits.length < length)
    digits += Math.floor(Math.random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
  return digits.slice(0, length);
};

/** A new trace id; not a secret. */
export const newTrace = () => hex(32);

const ofThisProcess = hex(8);
let steps = Math.floor(Math.random() * 0x1_0000_0000);

/** The id of one step within a trace: a turn that heard one message, or a task. Counted, since every message has one. */
export const newSpan = () => {
  steps = (steps + 1) >>> 0;
  return ofThisProcess + steps.toString(16).padStart(8, "0");
};

export const traceparent = (trace: string, span = newSpan()) => `00-${trace}-${span}-01`;

const malformed = { trace: null, span: null };

/** What a `traceparent` header says: the trace, and the step that says it. Nulls where there is none or it is malformed. */
export function parseTraceparent(value: string | undefined): {
  readonly trace: string | null;
  readonly span: string | null;
} {
  const match = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(value ?? "");
  return match === null ? malformed : { trace: match[1] ?? null, span: match[2] ?? null };
}
