/** What the parts of one edge share. */
import type { CallboardConfig } from "../supervisors/config.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import type { Database } from "../supervisors/storage/postgres/open-postgres.ts";
import type { Audit } from "./audit.ts";
import type { Board } from "./board.ts";
import type { Boards } from "./boards.ts";
import type { Once } from "./idempotency.ts";
import type { EdgeMetrics } from "./metrics.ts";
import type { Ops } from "./ops/ops.ts";
import type { People } from "./people.ts";
import type { Rescorer } from "./rescore.ts";
import type { Reviews } from "./reviews.ts";
import type { Sessions } from "./sessions.ts";
import type { Hub } from "./socket/hub.ts";
import type { StaticFiles } from "./static-files.ts";
import type { Throttle } from "./throttle.ts";
import type { Unanswered } from "./unanswered.ts";

export interface EdgeContext {
  readonly config: CallboardConfig;
  readonly sql: Database;
  readonly link: EdgeLink;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly people: People;
  readonly board: Board;
  readonly reviews: Reviews;
  readonly unanswered: Unanswered;
  readonly boards: Boards;
  readonly rescorer: Rescorer;
  readonly ops: Ops;
  readonly hub: Hub;
  readonly files: StaticFiles;
  readonly mayComeFrom: (origin: string, fetchSite: string) => boolean;
  readonly metrics: EdgeMetrics;
  readonly audit: Audit;
  readonly once: Once;
  log(line: string): void;
}
