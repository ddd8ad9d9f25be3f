/** What the three panes share while one looks from one to the other: the requirement that is pointed at, and the changes kept. */
import { createContext, useContext } from "react";
import type { Link } from "../../resume/evidence.ts";

export interface DeskLinks {
  readonly links: readonly Link[];
  readonly chosen: Link | null;
  /** Points at a requirement and at the line that meets it; both are scrolled to. */
  readonly choose: (link: Link | null) => void;
  /** Texts of changed lines that the reviewer has said to keep. */
  readonly kept: ReadonlySet<string>;
  readonly keep: (text: string) => void;
}

export const DeskLinksContext = createContext<DeskLinks>({
  links: [],
  chosen: null,
  choose: () => undefined,
  kept: new Set(),
  keep: () => undefined,
});
export const useDeskLinks = () => useContext(DeskLinksContext);
