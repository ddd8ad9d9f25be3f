/** Puts one planned value into its control, the way a person would. Never presses Enter: that may send a form. */
import type { Frame, Locator } from "playwright-core";
import { choose, pick } from "./combobox.ts";
import type { FormField } from "./form-field.ts";
import type { Planned } from "./plan-form.ts";

export interface UploadFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
export interface UploadFiles {
  readonly resume: UploadFile;
  readonly coverLetter: UploadFile | null;
}

const timeout = 3_000;

/**
 * @returns what it holds now in the form's own words, where those are only known afterwards; else null.
 * @throws where the control can't be used.
 */
export async function putValue(
  frame: Frame,
  { field, step, topic }: Planned,
  files: UploadFiles,
): Promise<string | null> {
  const at = (ref: number) => frame.locator(`[data-callboard="${ref}"]`);
  const control = at(field.ref);
  switch (step.do) {
    case "type":
      await write(control, field, step.text);
      if (topic === "location" || topic === "city") return await suggestion(frame, field, step.text);
      return null;
    case "upload": {
      const file = step.what === "resume" ? files.resume : files.coverLetter;
      if (file !== null) await control.setInputFiles(file, { timeout });
      return null;
    }
    case "tick":
    case "untick":
      await setTicked(control, step.do === "tick");
      return null;
    case "pick": {
      const picked = await pick(frame, field, step.wanted, step.place);
      if (picked === null) throw new Error("its list offers nothing that means it");
      return picked;
    }
    case "choose":
      if (field.kind === "select") {
        await control.selectOption(
          step.options.map((index) => ({ index })),
          { timeout, force: true },
        );
        return null;
      }
      if (field.kind === "combobox") {
        const option = field.options[step.options[0] ?? -1] ?? "";
        if (!(await choose(frame, field, option))) throw new Error("its list has changed");
        return option;
      }
      for (const option of step.options) {
        const one = at(field.refs[option] ?? -1);
        if (field.kind === "buttons") await one.click({ timeout });
        else await setTicked(one, true);
      }
      return null;
    case "leave":
      return null;
  }
}

async function write(control: Locator, field: FormField, text: string) {
  try {
    await control.fill(text, { timeout });
  } catch (error) {
    if (field.kind !== "spin") throw error;
    await control.focus({ timeout });
    await control.pressSequentially(text, { timeout });
  }
  await control.blur({ timeout });
}

/** A text field may open a list of places: what it offers for ours is taken, and where it offers nothing the text stays. */
async function suggestion(frame: Frame, field: FormField, text: string): Promise<string | null> {
  if (field.autocomplete !== "off" && !/autocomplete|location|search/i.test(field.name)) return null;
  return await pick(frame, { ...field, typeable: true }, [text], true).catch(() => null);
}

/** A tick or a round button; where it is drawn by something else, its label is clicked. */
async function setTicked(control: Locator, on: boolean) {
  const state = () => control.isChecked({ timeout });
  if ((await state()) === on) return;
  await control
    .setChecked(on, { timeout: 1_000 })
    .catch(() => control.evaluate(clickLabel, undefined, { timeout }));
  if ((await state()) !== on) throw new Error("it does not stay as it was set");
}

/** Runs inside the page: clicks what is drawn in the place of a tick that is not drawn itself. */
function clickLabel(one: HTMLElement | SVGElement) {
  const labels = "labels" in one && one.labels ? (one.labels as Iterable<HTMLElement>) : [];
  ([...labels][0] ?? (one.closest("label") as HTMLElement | null))?.click();
}
