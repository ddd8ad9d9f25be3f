/** What each role's keys and palette do beyond going to pages. */
import type { Me } from "../../protocols/api/http.ts";
import type { Command } from "./components/command-palette.tsx";
import { endShift, takeBreak } from "./socket/line.ts";
import { setAvailable } from "./state/board.ts";
import { floor } from "./state/floor.ts";
import { mine } from "./state/my-state.ts";
import { goTo } from "./state/route.ts";
import type { Shortcuts } from "./state/shortcuts.ts";

type Role = Me["role"];

function switchBoard(): void {
  const status = mine.get().now?.status;
  if (status === "away" || status === "break" || status === "free") void setAvailable(status !== "free");
}

export const roleShortcuts: Readonly<Record<Role, Shortcuts>> = {
  employee: { o: switchBoard },
  manager: {},
  ops: {},
};

export const roleKeys: Readonly<Record<Role, ReadonlyArray<readonly [string, string]>>> = {
  employee: [
    ["o", "Go online or offline"],
    ["Ctrl/⌘ Enter", "Approve and send"],
    ["j k", "Next and previous change"],
    ["y n", "Keep or undo the change"],
    ["e", "Write in it"],
    ["Space +", "More time, when warned"],
    ["b", "Break, now or after this one"],
    ["r", "Return the task"],
    ["x", "Reject the posting"],
  ],
  manager: [],
  ops: [],
};

/** What came of it shows on the page: the server's word is the state itself. */
const quietly = (act: () => Promise<void>) => () => void act().catch(() => undefined);

/** As things are when the palette is opened. */
export function roleCommands(role: Role): Command[] {
  if (role === "employee")
    return [
      { group: "Do", name: "Go online or offline", key: "o", run: switchBoard },
      { group: "Do", name: "Break, now or after this review", key: "b", run: quietly(takeBreak) },
      { group: "Do", name: "End of the shift, now or after this review", run: quietly(endShift) },
    ];
  if (role === "manager")
    return floor.get().employees.map(({ employee, name }) => ({
      ...{ group: "Person", name },
      run: () => goTo("people", employee),
    }));
  return [];
}

/** Ops knows actors by their address. */
export function typedCommands(role: Role, typed: string): Command[] {
  if (role !== "ops" || !/^\w+\.\S+$/.test(typed)) return [];
  return [{ group: "Actor", name: typed, run: () => goTo("actors", typed) }];
}
