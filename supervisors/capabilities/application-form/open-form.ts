/** Goes to a form, through the posting's own "Apply" link if need be, and says what stands in the way. */
import type { Page } from "playwright-core";
import { blockReason, retryAfterMs } from "../portal-http/blocked.ts";
import { readForm } from "./read-form.ts";

export type Obstacle =
  | { readonly is: "unreachable"; readonly reason: string }
  | { readonly is: "blocked"; readonly reason: string; readonly retryAfterMs: number | null }
  | { readonly is: "gone"; readonly reason: string }
  | { readonly is: "no-form"; readonly reason: string };

const pageTimeoutMs = 30_000;
/** Pages that are built by their scripts show their form a little later. */
const formWithinMs = 4_000;
const lookEveryMs = 200;

const closed =
  /\b(?:no longer (?:available|accepting|open|active|posted)|(?:position|job|role|vacancy|posting) (?:has been |is |was )?(?:filled|closed|expired|removed)|applications? (?:are|is|have been) (?:now )?closed|nicht mehr verf(?:ü|u)gbar|stelle (?:ist )?(?:bereits )?besetzt|n'est plus disponible|ya no est(?:á|a) disponible)\b/i;

/** @returns null if the form is there. */
export async function openForm(page: Page, address: string): Promise<Obstacle | null> {
  let url = address;
  for (let clicks = 0; clicks < 3; clicks++) {
    let response: Awaited<ReturnType<Page["goto"]>>;
    try {
      response = await page.goto(url, { waitUntil: "load", timeout: pageTimeoutMs });
    } catch (error) {
      return { is: "unreachable", reason: `${url} could not be opened: ${firstLine(error)}` };
    }
    const status = response?.status() ?? 200;
    const retryAfter = retryAfterMs(response?.headers()["retry-after"], Date.now());
    const refused = blockReason({ status, url: "", body: "" });
    if (refused !== null) return { is: "blocked", reason: refused, retryAfterMs: retryAfter };
    // A form with a captcha in it is a form; a page that is nothing but a wall is a wall.
    let { form } = await readForm(page);
    const wall =
      form.found && !form.login
        ? null
        : blockReason({ status, url: form.found ? "" : page.url(), body: await page.content() });
    if (wall !== null) return { is: "blocked", reason: wall, retryAfterMs: retryAfter };
    if (status >= 500) return { is: "unreachable", reason: `${url} answered ${status}.` };
    if (status >= 400) return { is: "gone", reason: `The posting is gone: ${url} answered ${status}.` };
    for (
      let waited = 0;
      !form.found && form.applyUrl === "" && waited < formWithinMs;
      waited += lookEveryMs
    ) {
      await page.waitForTimeout(lookEveryMs);
      ({ form } = await readForm(page));
    }
    if (form.found) return null;
    if (form.captcha)
      return {
        is: "blocked",
        reason: "The portal shows a captcha instead of the form.",
        retryAfterMs: retryAfter,
      };
    const text = await page.evaluate("document.body?.innerText.slice(0, 20000) ?? ''");
    if (closed.test(String(text)))
      return { is: "gone", reason: `The posting is closed: ${page.url()} says so.` };
    if (form.applyUrl === "" || form.applyUrl === url || address.startsWith("file:")) break;
    url = form.applyUrl;
  }
  return { is: "no-form", reason: `The form has changed: ${page.url()} has no application form.` };
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, 300) ?? "";
