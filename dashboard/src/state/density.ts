/** How close rows stand: comfortable, or compact for who watches a whole floor. */
import { keptChoice } from "./kept-choice.ts";

export const density = keptChoice("callboard.density", ["comfortable", "compact"]);

const apply = () => document.documentElement.setAttribute("data-density", density.get());
density.subscribe(apply);
apply();

export const toggleDensity = (): void =>
  density.set((now) => (now === "compact" ? "comfortable" : "compact"));
