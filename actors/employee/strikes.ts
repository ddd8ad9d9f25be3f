/** What a strike means: 1 and 2 are recorded, the 3rd is a warning, the 4th (and any further) a violation that locks. */
import type { StrikeRecord } from "../../protocols/employee.ts";

export const warnAtStrike = 3;
export const lockAtStrike = 4;

export const strikeLevel = (count: number): StrikeRecord["level"] =>
  count >= lockAtStrike ? "violation" : count >= warnAtStrike ? "warning" : "recorded";
