/** How a kind of board is read. One small file per kind in `adapters/` keeps to this. */
import type { Board } from "../../../protocols/portal.ts";
import type { Listing, PortalReader } from "./reading/answer.ts";

export interface Request {
  readonly url: string;
  /** Posted as JSON, where a portal takes its question only so. */
  readonly question?: unknown;
}

/** How far a list was read: by what was received, never by what was asked for. */
export interface Position {
  readonly offset: number;
  /** The mark that the last page gave for the next, or null. */
  readonly cursor: string | null;
}

/** Reading (from `PortalReader`) is apart from asking, so that a saved answer is read like a fresh one. */
export interface PortalAdapter extends PortalReader {
  readonly ask: (board: Pick<Board, "url">, position: Position) => Request;
  /** Whether a list goes on after its first page. */
  readonly paged: boolean;
  /** For lists without texts: where the whole of a posting is asked for. Default: its own page, by its JobPosting. */
  readonly detail?: (listing: Listing, board: Pick<Board, "url">) => Request | null;
}
