/** The other half of the schedules of the review protocol. */
import { test } from "vitest";
import { playHalf } from "./schedules.ts";

test("half of all schedules of a review without a violation", () => playHalf(2), 1_800_000);
