/**
 * Which frames of a topic may be applied. A client never applies across a gap: what it shows would be wrong without
 * anybody noticing. A snapshot is always whole, so it may always be applied.
 */
import type { Topic, TopicFrame } from "../../../protocols/api/socket.ts";

type Numbered = Pick<TopicFrame, "op" | "topic" | "seq">;

export interface Sequence {
  /** A new `hello`; within another epoch old numbers mean nothing. */
  begin(epoch: string): void;
  /** What was heard is not shown any more: all of it is asked for again. */
  forget(): void;
  /** `again`: ask with `watch` for what is missing. `old`: heard before, ignore it. */
  judge(frame: Numbered): "apply" | "old" | "again";
  /** What to ask for: everything wanted, each with the last number heard. */
  watched(topics: readonly Topic[]): {
    readonly epoch: string | null;
    readonly topics: ReadonlyArray<{ readonly topic: Topic; readonly seq: number | null }>;
  };
}

export function sequence(): Sequence {
  let epoch: string | null = null;
  const last = new Map<Topic, number>();
  return {
    begin(next) {
      if (next !== epoch) last.clear();
      epoch = next;
    },
    forget: () => last.clear(),
    judge({ op, topic, seq }) {
      const before = last.get(topic);
      if (op === "change") {
        if (before === undefined || seq > before + 1) return "again";
        if (seq <= before) return "old";
      }
      last.set(topic, seq);
      return "apply";
    },
    watched: (topics) => ({
      epoch: last.size > 0 ? epoch : null,
      topics: topics.map((topic) => ({ topic, seq: last.get(topic) ?? null })),
    }),
  };
}
