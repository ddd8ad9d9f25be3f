/** The pages of each role, home first. Each is loaded when it is first opened: an employee never loads the manager's. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Me } from "../../protocols/api/http.ts";
import type { Place } from "./components/shell.tsx";

/** What is looked at on the page, from the address; "" for the page itself. */
export interface PageProps {
  readonly of: string;
}

export interface PagePlace extends Place {
  readonly Page: LazyExoticComponent<ComponentType<PageProps>>;
}

const page = <N extends string>(load: () => Promise<Record<N, ComponentType<PageProps>>>, name: N) =>
  lazy(() => load().then((module) => ({ default: module[name] })));

const boards: PagePlace = {
  ...{ route: "boards", name: "Boards", key: "o" },
  Page: page(() => import("./pages/boards/boards-page.tsx"), "BoardsPage"),
};
const applications: PagePlace = {
  ...{ route: "applications", name: "Applications", key: "l" },
  Page: page(() => import("./pages/applications/applications-page.tsx"), "ApplicationsPage"),
};

const kpis: PagePlace = {
  ...{ route: "kpis", name: "KPIs", key: "k" },
  Page: page(() => import("./pages/kpis/kpis-page.tsx"), "KpisPage"),
};

export const pages: Readonly<Record<Me["role"], readonly PagePlace[]>> = {
  employee: [
    {
      ...{ route: "", name: "Review", key: "h" },
      Page: page(() => import("./pages/employee-home.tsx"), "EmployeeHome"),
    },
    {
      ...{ route: "record", name: "My record", key: "r" },
      Page: page(() => import("./pages/record/record-page.tsx"), "RecordPage"),
    },
  ],
  manager: [
    {
      ...{ route: "", name: "Floor", key: "h" },
      Page: page(() => import("./pages/floor/floor-page.tsx"), "FloorPage"),
    },
    {
      ...{ route: "queue", name: "Queue", key: "q" },
      Page: page(() => import("./pages/queue/queue-page.tsx"), "QueuePage"),
    },
    {
      ...{ route: "people", name: "People", key: "p" },
      Page: page(() => import("./pages/people/people-page.tsx"), "PeoplePage"),
    },
    {
      ...{ route: "strikes", name: "Strikes", key: "s" },
      Page: page(() => import("./pages/strikes/strikes-page.tsx"), "StrikesPage"),
    },
    kpis,
    applications,
    {
      ...{ route: "candidates", name: "Candidates", key: "c" },
      Page: page(() => import("./pages/candidates/candidates-page.tsx"), "CandidatesPage"),
    },
    boards,
    {
      ...{ route: "accounts", name: "Accounts", key: "u" },
      Page: page(() => import("./pages/accounts/accounts-page.tsx"), "AccountsPage"),
    },
    {
      ...{ route: "settings", name: "Settings", key: "e" },
      Page: page(() => import("./pages/settings/settings-page.tsx"), "SettingsPage"),
    },
    {
      ...{ route: "audit", name: "Audit", key: "i" },
      Page: page(() => import("./pages/audit/audit-page.tsx"), "AuditPage"),
    },
  ],
  ops: [
    {
      ...{ route: "", name: "System", key: "h" },
      Page: page(() => import("./pages/ops/system-page.tsx"), "SystemPage"),
    },
    {
      ...{ route: "actors", name: "Actors", key: "a" },
      Page: page(() => import("./pages/ops/actors-page.tsx"), "ActorsPage"),
    },
    {
      ...{ route: "dead-letters", name: "Dead letters", key: "d" },
      Page: page(() => import("./pages/ops/dead-letters-page.tsx"), "DeadLettersPage"),
    },
    {
      ...{ route: "breakers", name: "Breakers", key: "b" },
      Page: page(() => import("./pages/ops/breakers-page.tsx"), "BreakersPage"),
    },
    {
      ...{ route: "timers", name: "Timers", key: "m" },
      Page: page(() => import("./pages/ops/timers-page.tsx"), "TimersPage"),
    },
    kpis,
    applications,
    boards,
  ],
};
