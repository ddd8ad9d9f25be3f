/** Whether a field shows what was put in. Forms rewrite what is typed: blanks, masks for telephone numbers, leading zeros. */
import type { Planned } from "./plan-form.ts";
import { sameText } from "./same-question.ts";

/** @param said what a list offered for it, where that is known */
export function holdsValue({ field, step, topic }: Planned, said: string | null): boolean {
  const now = field.value.join();
  switch (step.do) {
    case "type": {
      const wanted = said ?? step.text;
      if (oneLine(now) === oneLine(wanted)) return true;
      if (topic === "phone")
        return (
          digits(now).length >= 7 &&
          (digits(wanted).endsWith(digits(now).slice(-9)) || digits(now).endsWith(digits(wanted).slice(-9)))
        );
      if (field.type === "number" || field.kind === "spin")
        return now !== "" && Number(now) === Number(wanted);
      return false;
    }
    case "upload":
      return field.value.length > 0;
    case "tick":
      return field.value.length > 0;
    case "untick":
      return field.value.length === 0;
    case "pick":
      return (
        said !== null &&
        (field.value.length === 0
          ? false
          : sameText(now).includes(sameText(said)) || sameText(said).includes(sameText(now)))
      );
    case "choose":
      // Buttons without a state that can be read: that the press did not fail is all there is to see.
      if (field.kind === "buttons" && field.value.length === 0) return true;
      return (
        step.options.every((option) => field.value.includes(field.options[option] ?? "")) ||
        (said !== null && sameText(now).includes(sameText(said)))
      );
    case "leave":
      return true;
  }
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
const digits = (text: string) => text.replace(/\D/g, "");
