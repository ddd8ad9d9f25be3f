/** The first half of the schedules of the review protocol. */
import { test } from "vitest";
import { playHalf } from "./schedules.ts";

test("half of all schedules of a review without a violation", () => playHalf(1), 1_800_000);
