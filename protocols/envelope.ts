/** What travels beside a message, in headers: the trace, who says it, and what caused it. */

export const header = {
  /** W3C Trace Context: `00-<32 hex trace>-<16 hex span>-01`. One trace runs through all messages of one application. */
  trace: "traceparent",
  /** The address of the actor that says it. */
  from: "Callboard-From",
  /** The ACTS sequence of the message that caused it. */
  cause: "Callboard-Cause",
  messageId: "Nats-Msg-Id",
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

export const traceparent = (trace: string) => `00-${trace}-${hex(16)}-01`;

/** The trace id of a `traceparent` header, or null where there is none or it is malformed. */
export function traceOf(value: string | undefined): string | null {
  const match = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(value ?? "");
  return match?.[1] ?? null;
}
