/** Light or dark: the system's wish until the person chooses; the choice stays in this browser. */
import { createStore } from "./store.ts";

export type Theme = "light" | "dark";
const key = "callboard.theme";

function initial(): Theme {
  const chosen = localStorage.getItem(key);
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export const theme = createStore<Theme>(initial());

const apply = () => document.documentElement.setAttribute("data-theme", theme.get());
theme.subscribe(apply);
apply();

export function toggleTheme(): void {
  theme.set((now) => (now === "dark" ? "light" : "dark"));
  localStorage.setItem(key, theme.get());
}
