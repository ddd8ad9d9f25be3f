/**
 * j and k from change to change, y to keep one, n to undo it, e to write in it. Works on what is on the page: each line carries what
 * it is (`data-change`), and the buttons that undo it.
 */
import type { Shortcuts } from "../../state/shortcuts.ts";

const changed = '[data-testid="resume-line"]:not([data-change="same"])';
const lines = () => [...document.querySelectorAll<HTMLElement>(changed)];
const current = () => document.querySelector<HTMLElement>(`${changed}[data-current]`);

function go(by: number): void {
  const all = lines();
  const at = all.indexOf(current() ?? document.body);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
  if (!next) return;
  for (const line of all) delete line.dataset.current;
  next.dataset.current = "";
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

const press = (button: string) =>
  current()?.querySelector<HTMLButtonElement>(`[data-do="${button}"]`)?.click();

export const changeKeys: Shortcuts = {
  j: () => go(1),
  k: () => go(-1),
  y: () => {
    press("keep");
    go(1);
  },
  n: () => press("undo"),
  e: () =>
    (current() ?? document)
      .querySelector<HTMLElement>('[data-testid="resume-line"] textarea, textarea')
      ?.focus(),
};
