/** What each role's keys and palette do beyond going to pages. */
import type { Me } from "../../protocols/api/http.ts";
import type { Command } from "./components/command-palette.tsx";
import { endShift } from "./socket/line.ts";
import { pressBreak, pressSwitch } from "./state/board.ts";
import { floor } from "./state/floor.ts";
import { mine } from "./state/my-state.ts";
import { breakKey, switchKey } from "./state/next-status.ts";
import { goTo } from "./state/route.ts";
import type { Shortcuts } from "./state/shortcuts.ts";

type Role = Me["role"];

export const roleShortcuts: Readonly<Record<Role, Shortcuts>> = {
  employee: { o: pressSwitch },
  manager: {},
  ops: {},
};

export const roleKeys: Readonly<Record<Role, ReadonlyArray<readonly [string, string]>>> = {
  employee: [
    ["o", "Go online, or offline now or after this one"],
    ["Ctrl/⌘ Enter", "Approve and send"],
    ["j k", "Next and previous change"],
    ["y n", "Keep or undo the change"],
    ["e", "Write in it"],
    ["Space +", "More time, when warned"],
    ["b", "Break, now or after this one; again: none"],
    ["r", "Return the task"],
    ["x", "Reject the posting"],
  ],
  manager: [],
  ops: [],
};

/** What came of it shows on the page: the server's word is the state itself. */
const quietly = (act: () => Promise<void>) => () => void act().catch(() => undefined);

function employeeCommands(): Command[] {
  const { now } = mine.get();
  if (now === null) return [];
  const after = now.status === "reviewing" ? " after this review" : "";
  return [
    {
      ...{ group: "Do", key: "o", run: pressSwitch },
      name: switchKey(now) === "offline" ? `Go offline${after}` : after ? `Stay online${after}` : "Go online",
    },
    {
      ...{ group: "Do", key: "b", run: quietly(pressBreak) },
      name: breakKey(now) === "online" ? `No break${after}` : `Break${after}`,
    },
    { group: "Do", name: `End of the shift${after}`, run: quietly(endShift) },
  ];
}

/** As things are when the palette is opened. */
export function roleCommands(role: Role): Command[] {
  if (role === "employee") return employeeCommands();
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
