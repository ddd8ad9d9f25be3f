/** Presses the form's own button, once, and waits until the page says something that we understand. */
import { setTimeout as wait } from "node:timers/promises";
import { Schema } from "effect";
import type { Frame } from "playwright-core";
import { ResultPage, readResultScript, type Verdict, verdictOf } from "./page-result.ts";

const decode = Schema.decodeUnknownSync(ResultPage);

/**
 * The point of no return. Null: pressed, but the page did not say what became of it within the time.
 * @throws only what the browser throws at the press itself; also then it may have been pressed.
 */
export async function pressSubmit(
  frame: Frame,
  signal: AbortSignal,
  waitMs: number,
): Promise<Verdict | null> {
  await frame.evaluate("window.__callboardPressed = true");
  await frame.locator("[data-callboard-submit]").click({ noWaitAfter: true, timeout: 10_000 });
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    await wait(100, undefined, { signal });
    const page = frame.page();
    if (page.isClosed() || page.url().startsWith("chrome-error:")) return null;
    // A frame that the answer replaced is gone; then the page itself tells.
    const result = await (frame.isDetached() ? page.mainFrame() : frame).evaluate(readResultScript).then(
      (raw) => decode(raw),
      () => null, // The page is just changing; the next look finds it.
    );
    if (result === null) continue;
    const verdict = verdictOf(result);
    // The old page may have warnings of its own; what it shows counts only once it names wrong fields.
    if (verdict !== null && (!result.same || verdict.is !== "refused" || result.errors.length > 0))
      return verdict;
  }
  return null;
}
