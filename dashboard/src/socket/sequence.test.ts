import { expect, test } from "vitest";
import { sequence } from "./sequence.ts";

const live = (op: "snapshot" | "change", seq: number) => ({ op, topic: "live", seq }) as const;

test("changes are applied in order, each once, and a gap is asked for instead of applied", () => {
  const heard = sequence();
  heard.begin("a");
  expect(heard.judge(live("snapshot", 7))).toBe("apply");
  expect(heard.judge(live("change", 8))).toBe("apply");
  expect(heard.judge(live("change", 8))).toBe("old");
  expect(heard.judge(live("change", 10))).toBe("again");
  expect(heard.watched(["live"])).toEqual({ epoch: "a", topics: [{ topic: "live", seq: 8 }] });
  expect(heard.judge(live("change", 9))).toBe("apply");
});

test("a change without anything before it is not enough", () => {
  const heard = sequence();
  heard.begin("a");
  expect(heard.judge(live("change", 1))).toBe("again");
});

test("what was forgotten is asked for as if nothing had been heard", () => {
  const heard = sequence();
  heard.begin("a");
  heard.judge(live("snapshot", 7));
  heard.forget();
  heard.begin("a");
  expect(heard.watched(["live"])).toEqual({ epoch: null, topics: [{ topic: "live", seq: null }] });
});

test("resumes within an epoch and starts anew in another", () => {
  const heard = sequence();
  heard.begin("a");
  heard.judge(live("snapshot", 7));
  heard.begin("a");
  expect(heard.watched(["live"]).topics).toEqual([{ topic: "live", seq: 7 }]);
  heard.begin("b");
  expect(heard.watched(["live", "kpis"])).toEqual({
    epoch: null,
    topics: [
      { topic: "live", seq: null },
      { topic: "kpis", seq: null },
    ],
  });
});
