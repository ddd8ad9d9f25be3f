/**
 * Topics and who watches them. Each frame of a topic is numbered; the newest ones are kept for two minutes, so that a client
 * that was away for a moment gets what it missed, and a snapshot otherwise.
 */
import type { Topic, TopicData } from "../../protocols/api/socket.ts";

/** A frame as it is sent, but for `serverNow`. */
interface Kept {
  readonly seq: number;
  readonly ts: number;
  readonly json: string;
}

/** Who watches. */
export interface Watcher {
  send(topic: Topic, op: "snapshot" | "change", frame: string): void;
}

interface Channel {
  readonly topic: Topic;
  seq: number;
  readonly ring: Kept[];
  readonly watchers: Set<Watcher>;
}

const keptMs = 2 * 60_000;
const mostKept = 200;

export interface Hub {
  /** @param key the topic, or `me.<employee>`. */
  publish<T extends Topic>(topic: T, key: string, data: TopicData[T]): void;
  /**
   * Sends what was missed since `seq`, or a snapshot, and everything from then on.
   * @param snapshot the value of now; null if nobody knows it yet: the first change brings it.
   */
  watch<T extends Topic>(
    topic: T,
    key: string,
    watcher: Watcher,
    seq: number | null,
    snapshot: () => Promise<TopicData[T] | null>,
  ): Promise<void>;
  /** Nothing of this more; the rest goes on. */
  unwatch(key: string, watcher: Watcher): void;
  leave(watcher: Watcher): void;
  watched(key: string): boolean;
}

export const createHub = (now: () => number = Date.now): Hub => {
  const channels = new Map<string, Channel>();
  const channelOf = (topic: Topic, key: string): Channel => {
    const found = channels.get(key);
    if (found) return found;
    const made: Channel = { topic, seq: 0, ring: [], watchers: new Set() };
    channels.set(key, made);
    return made;
  };
  const frame = (op: "snapshot" | "change", topic: Topic, seq: number, ts: number, json: string) =>
    `{"op":"${op}","topic":"${topic}","seq":${seq},"ts":${ts},"serverNow":${now()},"data":${json}}`;

  return {
    publish: (topic, key, data) => {
      const channel = channelOf(topic, key);
      const kept = { seq: ++channel.seq, ts: now(), json: JSON.stringify(data) };
      channel.ring.push(kept);
      while (channel.ring.length > mostKept || (channel.ring[0]?.ts ?? 0) < now() - keptMs)
        channel.ring.shift();
      const text = frame("change", topic, kept.seq, kept.ts, kept.json);
      for (const watcher of channel.watchers) watcher.send(topic, "change", text);
    },
    watch: async (topic, key, watcher, seq, snapshot) => {
      const channel = channelOf(topic, key);
      if (seq !== null && seq <= channel.seq) {
        const first = channel.ring[0]?.seq ?? channel.seq + 1;
        if (seq + 1 >= first) {
          for (const kept of channel.ring)
            if (kept.seq > seq)
              watcher.send(topic, "change", frame("change", topic, kept.seq, kept.ts, kept.json));
          channel.watchers.add(watcher);
          return;
        }
      }
      // Not among the watchers while the value is fetched: a change before the snapshot would be a gap. What changes
      // meanwhile follows it, since the value may have been fetched before that.
      channel.watchers.delete(watcher);
      const before = channel.seq;
      const value = await snapshot();
      if (value !== null)
        watcher.send(topic, "snapshot", frame("snapshot", topic, before, now(), JSON.stringify(value)));
      for (const kept of channel.ring)
        if (kept.seq > before)
          watcher.send(topic, "change", frame("change", topic, kept.seq, kept.ts, kept.json));
      channel.watchers.add(watcher);
    },
    unwatch: (key, watcher) => void channels.get(key)?.watchers.delete(watcher),
    leave: (watcher) => {
      for (const [key, channel] of channels) {
        channel.watchers.delete(watcher);
        // One that was used is kept, for its numbers: there are no more of them than accounts.
        if (channel.watchers.size === 0 && channel.seq === 0) channels.delete(key);
      }
    },
    watched: (key) => (channels.get(key)?.watchers.size ?? 0) > 0,
  };
};
