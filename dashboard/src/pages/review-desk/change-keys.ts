/**
 * j and k from change to change, y to keep one, n to undo it, e to write in it. Works on what is on the page: each line carries what
 * it is (`data-change`), and the buttons that undo it.
 */
import type { Shortcuts } from "../../state/shortcuts.ts";

const lines = () => [...document.querySelectorAll<HTMLElement>('[data-testid="resume-line"]')];
const isChanged = ({ dataset }: HTMLElement) => dataset.change !== "same";
/** It stays where one is when its change is undone. */
const current = () => document.querySelector<HTMLElement>('[data-testid="resume-line"][data-current]');

/** To the next change from here, and around at the end. */
function go(by: 1 | -1): void {
  const all = by > 0 ? lines() : lines().reverse();
  const at = all.indexOf(current() ?? document.body);
  const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find(isChanged);
  for (const line of all) delete line.dataset.current;
  if (!next) return;
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
