/**
 * Keys that do something on a page. Single keys are ignored while one types, while a modifier is held, and where the person has
 * switched them off (WCAG 2.1.4): speech input says letters that nobody pressed. Space and Enter press what has the focus.
 */
import { useEffect, useRef } from "react";
import { keptChoice } from "./kept-choice.ts";

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

export const singleKeys = keptChoice("callboard.single-keys", ["on", "off"]);

/** Keys as `KeyboardEvent.key` gives them; "mod+Enter" is Ctrl or ⌘ with Enter and also works while typing. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const mod = event.ctrlKey || event.metaKey;
      if (!mod && !mayBeKey(event)) return;
      const action = latest.current[mod ? `mod+${event.key}` : event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}

/** How long the second key of a jump may take. */
const jumpWithinMs = 750;

/** `g` and then a key: jumps to pages. The second key belongs to the jump, whatever else it does on the page. */
export function useJumps(jumps: Shortcuts): void {
  const latest = useRef(jumps);
  latest.current = jumps;
  useEffect(() => {
    let until = 0;
    const pressed = (event: KeyboardEvent) => {
      if (isTaken(event) || event.ctrlKey || event.metaKey || !mayBeKey(event)) return;
      if (performance.now() < until) {
        until = 0;
        event.preventDefault();
        latest.current[event.key]?.();
      } else if (event.key === "g") {
        until = performance.now() + jumpWithinMs;
        event.preventDefault();
      }
    };
    // Before all others, which leave alone what was prevented.
    addEventListener("keydown", pressed, true);
    return () => removeEventListener("keydown", pressed, true);
  }, []);
}

/** Holding Shift alone shows the keys beside what they do. */
export function useKeyHints(): void {
  useEffect(() => {
    const root = document.documentElement;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = () => {
      clearTimeout(timer);
      delete root.dataset.hints;
    };
    const pressed = (event: KeyboardEvent) => {
      off();
      if (event.key === "Shift" && !isTyping(event.target))
        timer = setTimeout(() => {
          root.dataset.hints = "on";
        }, 300);
    };
    addEventListener("keydown", pressed);
    addEventListener("keyup", off);
    addEventListener("blur", off);
    return () => {
      off();
      removeEventListener("keydown", pressed);
      removeEventListener("keyup", off);
      removeEventListener("blur", off);
    };
  }, []);
}

/** Somebody else's: taken already, held down, or within an open sheet, which has the keyboard to itself. */
const isTaken = (event: KeyboardEvent) =>
  event.defaultPrevented || event.altKey || event.repeat || document.querySelector("dialog[open]") !== null;

const mayBeKey = (event: KeyboardEvent) =>
  singleKeys.get() === "on" && !isTyping(event.target) && !presses(event.key, event.target);

const controls =
  "button, a[href], summary, [role=button], [role=switch], [role=checkbox], [role=option], [role=tab]";

/** That the key does what the focused control does, as it does everywhere. */
const presses = (key: string, target: EventTarget | null): boolean =>
  (key === " " || key === "Enter") && target instanceof Element && target.matches(controls);

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"))
  );
}
