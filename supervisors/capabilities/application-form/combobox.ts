/** Fields whose list only exists while it is open: comboboxes, and buttons with a list behind them. */
import { setTimeout as wait } from "node:timers/promises";
import { Schema } from "effect";
import type { Frame } from "playwright-core";
import { countriesNamed, sameFolded } from "./countries.ts";
import type { FormField } from "./form-field.ts";
import { textScript } from "./in-page/text-script.ts";
import { optionFor } from "./match-option.ts";
import { sameText } from "./same-question.ts";

const stepMs = 60;
const clickMs = 2_000;

/** Runs inside the page: the options that people see now, each marked with its place. */
const optionsScript = (ref: number) => `(() => {
  ${textScript}
  const everything = document.body;
  for (const old of below(everything, "[data-callboard-option]")) old.removeAttribute("data-callboard-option");
  const control = below(everything, '[data-callboard="${ref}"]')[0];
  if (!control) return [];
  const own = byId(control.getAttribute("aria-controls") || control.getAttribute("aria-owns"), control);
  const inside = (list) => below(list, "[role=option], li, [class*=option]").filter((one) => seen(one) && clean(one.textContent) && !below(one, "[role=option], li").length && one.getAttribute("aria-disabled") !== "true");
  const near = up(control, (at) => at !== control && below(at, "[role=option]").some(seen)) ?? everything;
  let found = own ? inside(own) : [];
  if (found.length === 0) found = below(near, "[role=option]").filter((one) => seen(one) && !one.contains(control));
  if (found.length === 0) found = below(everything, "[class*=menu] [class*=option], .pac-item, [class*=dropdown-results] > *, [class*=autocomplete] li, [class*=suggestion] li, [class*=typeahead] li").filter(seen);
  found = [...new Set(found)].filter((one) => !/^(?:no (?:options|results|location|matches)|loading|searching|keine (?:ergebnisse|treffer)|aucun)/i.test(clean(one.textContent)));
  found.slice(0, 400).forEach((one, i) => one.setAttribute("data-callboard-option", String(i)));
  return found.slice(0, 400).map((one) => clean(one.textContent).slice(0, 300));
})()`;

const decode = Schema.decodeUnknownSync(Schema.Array(Schema.String));
const shown = async (frame: Frame, ref: number) => decode(await frame.evaluate(optionsScript(ref)));

/** Waits for the list to appear and to stand still. */
async function listWithin(frame: Frame, ref: number, withinMs: number): Promise<readonly string[]> {
  const deadline = performance.now() + withinMs;
  let before: readonly string[] = [];
  while (performance.now() < deadline) {
    await wait(stepMs);
    const now = await shown(frame, ref);
    if (now.length > 0 && now.join("\n") === before.join("\n")) return now;
    before = now;
  }
  return before;
}

const control = (frame: Frame, ref: number) => frame.locator(`[data-callboard="${ref}"]`);

/** Which options it offers when it is opened; none if it only answers to typing. It is closed again. */
export async function offered(frame: Frame, field: FormField): Promise<readonly string[]> {
  try {
    await control(frame, field.ref).click({ timeout: clickMs });
  } catch {
    return []; // Covered or gone: whoever fills it says so.
  }
  const options = await listWithin(frame, field.ref, 500);
  await control(frame, field.ref)
    .press("Escape", { timeout: clickMs })
    .catch(() => {}); // It closes by itself where it can't be pressed.
  return options;
}

/** Opens it and clicks the option with this text. @returns whether it was there. */
export async function choose(frame: Frame, field: FormField, option: string): Promise<boolean> {
  await control(frame, field.ref).click({ timeout: clickMs });
  const options = await listWithin(frame, field.ref, 1_000);
  const at = options.indexOf(option);
  if (at < 0) return false;
  await frame.locator(`[data-callboard-option="${at}"]`).click({ timeout: clickMs });
  return true;
}

/**
 * Types what is wanted and chooses what the list then offers for it.
 * @returns the chosen text; the typed one where no list came and the field kept it; null if nothing offered means what was wanted.
 */
export async function pick(
  frame: Frame,
  field: FormField,
  wanted: readonly string[],
  place: boolean,
): Promise<string | null> {
  const input = control(frame, field.ref);
  if (!field.typeable) await input.click({ timeout: clickMs });
  let listed = false;
  for (const text of wanted) {
    if (field.typeable) await input.fill(place ? (text.split(",")[0] ?? text) : text, { timeout: clickMs });
    const options = await listWithin(frame, field.ref, 1_200);
    listed ||= options.length > 0;
    const at = place ? placeOption(options, text) : optionFor(options, text);
    if (at !== null) {
      await frame.locator(`[data-callboard-option="${at}"]`).click({ timeout: clickMs });
      return options[at] ?? null;
    }
  }
  const [first = ""] = wanted;
  if (field.typeable && !listed) {
    await input.fill(first, { timeout: clickMs });
    await input.blur({ timeout: clickMs });
    await wait(stepMs);
    if ((await input.inputValue({ timeout: clickMs })) === first) return first;
  }
  if (field.typeable) await input.fill("", { timeout: clickMs });
  await input.press("Escape", { timeout: clickMs }).catch(() => {}); // Closed already.
  return null;
}

/** A place among suggestions: the same town in the same country, or none. */
export function placeOption(options: readonly string[], place: string): number | null {
  const exact = options.findIndex((option) => sameFolded(option, place));
  if (exact >= 0) return exact;
  const [town = "", ...rest] = place.split(",").map((part) => part.trim());
  const country = countriesNamed(rest.at(-1) ?? "")[0];
  const region = rest.length > 1 ? rest[0] : undefined;
  const fits = options.flatMap((option, i) => {
    const parts = option.split(/,| - /).map((part) => part.trim());
    if (sameText(parts[0] ?? "") !== sameText(town)) return [];
    const named = countriesNamed(parts.slice(1).join(", "));
    const there =
      country === undefined || named.includes(country) || (parts.length === 1 && options.length === 1);
    return there &&
      (region === undefined || parts.length < 3 || parts.some((part) => sameFolded(part, region)))
      ? [i]
      : [];
  });
  const direct = fits.filter((i) => (options[i] ?? "").split(/,| - /).length === 2);
  return fits.length === 1 ? (fits[0] ?? null) : direct.length === 1 ? (direct[0] ?? null) : null;
}
