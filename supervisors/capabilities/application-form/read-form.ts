/** Reads the application form of a page, wherever it stands: in the page itself or in one of its frames. */
import { Schema } from "effect";
import type { Frame, Page } from "playwright-core";
import { FormPage } from "./form-field.ts";
import { readFormScript } from "./in-page/form-script.ts";

const decode = Schema.decodeUnknownSync(FormPage);
/** Advertisers bring frames of their own. */
const maxFrames = 20;

export interface FoundForm {
  readonly form: FormPage;
  /** Where its controls are. */
  readonly frame: Frame;
}

export const readFrame = async (frame: Frame): Promise<FormPage> =>
  decode(await frame.evaluate(readFormScript));

/** @returns the frame whose form looks most like an application; the page itself if none does. */
export async function readForm(page: Page): Promise<FoundForm> {
  const main = page.mainFrame();
  let best: FoundForm = { form: await readFrame(main), frame: main };
  const inner = page.frames().filter((frame) => frame !== main && !frame.isDetached());
  let captcha = best.form.captcha;
  for (const frame of inner.slice(0, maxFrames)) {
    const form = await readFrame(frame).catch(() => null); // Gone, blocked, or not a document that runs scripts.
    if (form === null) continue;
    captcha ||= form.captcha;
    const better = form.found && (!best.form.found || form.points > best.form.points);
    if (better) best = { form, frame };
  }
  return { ...best, form: { ...best.form, captcha } };
}
