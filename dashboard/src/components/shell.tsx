/** The frame around every page: who I am, where I can go, and whether what I see is current. */
import { type ReactNode, useState } from "react";
import { type Shortcuts, useShortcuts } from "../state/shortcuts.ts";
import { useStore } from "../state/store.ts";
import { theme, toggleTheme } from "../state/theme.ts";
import { FreshnessStrip } from "./freshness-strip.tsx";
import { HelpSheet } from "./help-sheet.tsx";

export interface Place {
  readonly route: string;
  readonly name: string;
}

interface Props {
  readonly places: readonly Place[];
  readonly route: string;
  readonly person: string;
  readonly signOut: () => void;
  readonly shortcuts?: Shortcuts;
  /** What the page's own keys do, for the sheet. */
  readonly keys?: ReadonlyArray<readonly [key: string, meaning: string]>;
  readonly children: ReactNode;
}

export function Shell({ places, route, person, signOut, shortcuts = {}, keys = [], children }: Props) {
  const [help, setHelp] = useState(false);
  const dark = useStore(theme, (now) => now === "dark");
  useShortcuts({ ...shortcuts, t: toggleTheme, "?": () => setHelp(true) });
  return (
    <div className="flex min-h-dvh flex-col">
      <button
        type="button"
        onClick={() => document.getElementById("main")?.focus()}
        className="bg-accent text-accent-ink sr-only z-50 rounded-md px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </button>
      <header className="border-line bg-surface flex flex-wrap items-center gap-x-6 gap-y-1 border-b px-5 pt-1">
        <p className="py-2 font-semibold">
          <span aria-hidden="true" className="text-accent-text mr-1.5">
            ◆
          </span>
          Callboard
        </p>
        <nav aria-label="Pages" className="flex gap-1">
          {places.map((place) => (
            <a
              key={place.route}
              href={`#/${place.route}`}
              aria-current={place.route === route ? "page" : undefined}
              className="text-ink-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink border-b-2 border-transparent px-2 py-2.5 font-medium"
            >
              {place.name}
            </a>
          ))}
        </nav>
        <div className="ml-auto flex flex-wrap items-center gap-3 py-1.5">
          <FreshnessStrip />
          <button
            type="button"
            aria-label={dark ? "Use the light theme" : "Use the dark theme"}
            aria-keyshortcuts="t"
            title="Theme (t)"
            onClick={toggleTheme}
            className="hover:bg-sunken size-8 rounded-md"
          >
            <span aria-hidden="true">{dark ? "☀" : "☾"}</span>
          </button>
          <button
            type="button"
            aria-label="Keyboard"
            aria-keyshortcuts="?"
            title="Keyboard (?)"
            onClick={() => setHelp(true)}
            className="hover:bg-sunken size-8 rounded-md"
          >
            <span aria-hidden="true">?</span>
          </button>
          <span className="text-ink-soft" data-testid="signed-in-as">
            {person}
          </span>
          <button
            type="button"
            onClick={signOut}
            className="text-accent-text rounded px-1 font-medium hover:underline"
          >
            Sign out
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        {children}
      </main>
      <HelpSheet
        open={help}
        keys={[...keys, ["t", "Light or dark theme"], ["?", "This sheet"]]}
        onClose={() => setHelp(false)}
      />
    </div>
  );
}
