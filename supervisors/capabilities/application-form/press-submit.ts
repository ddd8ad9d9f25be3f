/** Presses the form's own button, once, and waits until the page says something that we understand. */
import { setTimeout as wait } from "node:timers/promises";
import { Schema } from "effect";
import type { Page } from "playwright-core";
import { ResultPage, readResultScript, type Verdict, verdictOf } from "./page-result.ts";

const decode = Schema.decodeUnknownSync(ResultPage);

/** Runs inside the page: marks the form's submit button; false if there is none, or several that could be it. */
const markButtonScript = `(() => {
  const form = document.querySelector("[data-callboard-form]");
  if (!form) return false;
  const buttons = Array.from(form.querySelectorAll("button, input[type=submit]"))
    .concat(form.id ? Array.from(document.querySelectorAll('button[form="' + CSS.escape(form.id) + '"]')) : [])
    .filter((one) => one.type === "submit" && !one.disabled && one.getClientRects().length > 0);
  const named = buttons.filter((one) => /submit|apply|send|bewerb|absenden|postuler|enviar/i.test(one.textContent + " " + one.value));
  const button = named.length === 1 ? named[0] : buttons.length === 1 ? buttons[0] : undefined;
  button?.setAttribute("data-callboard-submit", "");
  return button !== undefined;
})()`;

export const markButton = async (page: Page): Promise<boolean> =>
  (await page.evaluate(markButtonScript)) === true;

/**
 * The point of no return. Null: pressed, but the page did not say what became of it within the time.
 * @throws only what the browser throws at the press itself; also then it may have been pressed.
 */
export async function pressSubmit(page: Page, signal: AbortSignal, waitMs: number): Promise<Verdict | null> {
  await page.evaluate("window.__callboardPressed = true");
  await page.locator("[data-callboard-submit]").click({ noWaitAfter: true, timeout: 10_000 });
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    await wait(100, undefined, { signal });
    if (page.isClosed() || page.url().startsWith("chrome-error:")) return null;
    const result = await page.evaluate(readResultScript).then(
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
