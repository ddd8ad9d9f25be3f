/** The frame around every page: who I am, where I can go, and whether what I see is current. */
import { type ReactNode, useState } from "react";
import { density, toggleDensity } from "../state/density.ts";
import { togglePause } from "../state/paused.ts";
import { goTo, linkTo } from "../state/route.ts";
import { type Shortcuts, useJumps, useKeyHints, useShortcuts } from "../state/shortcuts.ts";
import { useStore } from "../state/store.ts";
import { theme, toggleTheme } from "../state/theme.ts";
import { type Command, CommandPalette } from "./command-palette.tsx";
import { FreshnessStrip } from "./freshness-strip.tsx";
import { HelpSheet } from "./help-sheet.tsx";

export interface Place {
  readonly route: string;
  readonly name: string;
  /** Behind `g`. */
  readonly key: string;
}

interface Props {
  readonly places: readonly Place[];
  readonly route: string;
  readonly person: string;
  readonly signOut: () => void;
  readonly shortcuts?: Shortcuts;
  /** What the page's own keys do, for the sheet. */
  readonly keys?: ReadonlyArray<readonly [key: string, meaning: string]>;
  /** What else the palette offers, asked when it opens. */
  readonly commands?: () => readonly Command[];
  readonly fromTyped?: (typed: string) => readonly Command[];
  readonly children: ReactNode;
}

export function Shell(props: Props) {
  const {
    places,
    route,
    person,
    signOut,
    shortcuts = {},
    keys = [],
    commands = () => [],
    fromTyped,
    children,
  } = props;
  const [sheet, setSheet] = useState<"help" | "palette" | null>(null);
  const dark = useStore(theme, (now) => now === "dark");
  const compact = useStore(density, (now) => now === "compact");
  const toggleSheet = (which: "help" | "palette") => setSheet((now) => (now === which ? null : which));
  useShortcuts({
    ...shortcuts,
    t: toggleTheme,
    ".": togglePause,
    "?": () => toggleSheet("help"),
    "mod+k": () => toggleSheet("palette"),
    "/": focusSearch,
  });
  useJumps(Object.fromEntries(places.map((place) => [place.key, () => goTo(place.route)])));
  useKeyHints();
  const own = (): Command[] => [
    ...places.map(({ route: to, name, key }) => ({
      group: "Go to",
      name,
      key: `g ${key}`,
      run: () => goTo(to),
    })),
    ...commands(),
    { group: "Do", name: dark ? "Use the light theme" : "Use the dark theme", key: "t", run: toggleTheme },
    { group: "Do", name: "Pause or go on with live updates", key: ".", run: togglePause },
    { group: "Do", name: compact ? "Rows with more room" : "Compact rows", run: toggleDensity },
    { group: "Do", name: "Show the keyboard", key: "?", run: () => setSheet("help") },
    { group: "Do", name: "Sign out", run: signOut },
  ];
  return (
    <div className="flex min-h-dvh flex-col">
      <button
        type="button"
        onClick={() => document.getElementById("main")?.focus()}
        className="bg-accent text-accent-ink sr-only z-50 rounded-md px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </button>
      <header className="border-line bg-surface flex flex-wrap items-center gap-x-5 gap-y-1 border-b px-5 pt-1">
        <p className="py-2 font-semibold">
          <span aria-hidden="true" className="text-accent-text mr-1.5">
            ◆
          </span>
          Callboard
        </p>
        <nav aria-label="Pages" className="flex flex-wrap gap-x-0.5">
          {places.map((place) => (
            <a
              key={place.route}
              href={linkTo(place.route)}
              aria-current={place.route === route ? "page" : undefined}
              aria-keyshortcuts={`g ${place.key}`}
              className="text-ink-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink border-b-2 border-transparent px-2 py-2.5 font-medium"
            >
              {place.name} <span aria-hidden="true" className="key-hint">{`g ${place.key}`}</span>
            </a>
          ))}
        </nav>
        <div className="ml-auto flex flex-wrap items-center gap-2 py-1.5">
          <FreshnessStrip />
          <RoundButton
            label="Commands"
            keys="Control+K Meta+K"
            title="Commands (Ctrl K)"
            onClick={() => setSheet("palette")}
          >
            ⌘
          </RoundButton>
          <RoundButton
            label={dark ? "Use the light theme" : "Use the dark theme"}
            keys="t"
            title="Theme (t)"
            onClick={toggleTheme}
          >
            {dark ? "☀" : "☾"}
          </RoundButton>
          <RoundButton label="Keyboard" keys="?" title="Keyboard (?)" onClick={() => setSheet("help")}>
            ?
          </RoundButton>
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
        open={sheet === "help"}
        keys={[
          ...keys,
          ...places.map(({ key, name }) => [`g ${key}`, name] as const),
          ["Ctrl/⌘ K", "Commands"],
          ["/", "Search on this page"],
          [".", "Pause live updates"],
          ["t", "Light or dark theme"],
          ["?", "This sheet"],
        ]}
        onClose={() => setSheet(null)}
      />
      {sheet === "palette" && (
        <CommandPalette commands={own} fromTyped={fromTyped} onClose={() => setSheet(null)} />
      )}
    </div>
  );
}

function focusSearch(): void {
  document.querySelector<HTMLElement>("main [type=search]")?.focus();
}

function RoundButton(props: {
  label: string;
  keys: string;
  title: string;
  onClick: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-label={props.label}
      aria-keyshortcuts={props.keys}
      title={props.title}
      onClick={props.onClick}
      className="hover:bg-sunken size-8 rounded-md"
    >
      <span aria-hidden="true">{props.children}</span>
    </button>
  );
}
