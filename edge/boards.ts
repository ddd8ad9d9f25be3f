/** Boards as people have them: listed from the bucket that portal actors keep, added and commanded by telling the actor. */
import { addressOf } from "../protocols/address.ts";
import type { AddBoardBody, BoardAction, RecognisedBoard } from "../protocols/api/boards.ts";
import type { PortalMessage } from "../protocols/portal.ts";
import { boardAt, isInside, NoBoard } from "../supervisors/capabilities/portal-http/board-at.ts";
import { readSwitches, whyOff } from "../supervisors/capabilities/portal-http/switches.ts";
import type { CallboardConfig } from "../supervisors/config.ts";
import type { EdgeLink } from "../supervisors/edge-link.ts";
import { commandActor } from "./command.ts";
import { notFound, Refusal } from "./problem.ts";

const messages: Readonly<Record<BoardAction, Exclude<PortalMessage, { type: "Watch" }>>> = {
  look: { type: "PollNow" },
  reset: { type: "ResetBreaker" },
  hold: { type: "SwitchOff", forMs: 3_600_000 },
  "switch-off": { type: "SwitchOff" },
  "switch-on": { type: "SwitchOn" },
  remove: { type: "Remove" },
};

export function createBoards(
  link: EdgeLink,
  config: Pick<
    CallboardConfig,
    "portalPollMs" | "demoPortal" | "demoPortalPort" | "portalsOn" | "portalsOff"
  >,
) {
  const switches = readSwitches(config);

  const list = async () =>
    (await link.boards())
      .filter(({ state }) => state !== "removed")
      .sort(
        (a, b) =>
          a.board.company.localeCompare(b.board.company) || (a.board.portal < b.board.portal ? -1 : 1),
      );

  const tell = (portal: string, message: { readonly type: string }) =>
    commandActor(link, addressOf("portal", portal), message);

  /** @throws Refusal 422 with what would do instead */
  const read = async (url: string) => {
    try {
      const at = boardAt(url, config.portalPollMs);
      const demo = config.demoPortal === "on" && new URL(at.board.url).port === String(config.demoPortalPort);
      if (isInside(at.board.url) && !demo)
        throw new Refusal(
          422,
          "InsideAddress",
          "This address lies inside the network of the server. Who runs the server can add it in the file of boards.",
        );
      const boards = await list();
      const here = boards.find(({ board }) => board.url === at.board.url);
      const taken = boards.some(({ board }) => board.portal === at.board.portal);
      // Two searches at one portal, say: the same name would be the same board.
      const portal =
        here?.board.portal ?? (taken ? `${at.board.portal}-${shortOf(at.board.url)}` : at.board.portal);
      return { at: { ...at, board: { ...at.board, portal } }, known: here !== undefined };
    } catch (error) {
      if (error instanceof NoBoard) throw new Refusal(422, "NoBoard", error.message);
      throw error;
    }
  };

  return {
    list,
    recognise: async (url: string): Promise<RecognisedBoard> => {
      const { at, known } = await read(url);
      return {
        ...at.board,
        company: at.company,
        known,
        off: whyOff(at.board.adapter, switches) ?? "",
        everyMinutes: at.pollEveryMs / 60_000,
      };
    },
    add: async ({ url, company, region, everyMinutes }: AddBoardBody, by: string): Promise<string> => {
      const { at, known } = await read(url);
      if (known)
        throw new Refusal(409, "KnownBoard", "This board is watched already. Look for it in the list.");
      const off = whyOff(at.board.adapter, switches);
      if (off !== null) throw new Refusal(409, "SwitchedOff", off);
      const message = {
        type: "Watch",
        board: { ...at.board, company: company.trim(), region },
        pollEveryMs: everyMinutes === undefined ? at.pollEveryMs : everyMinutes * 60_000,
        by,
      } satisfies PortalMessage;
      await tell(at.board.portal, message);
      return at.board.portal;
    },
    /** An unknown id is never told: telling would create its actor. */
    act: async (portal: string, action: BoardAction, by: string): Promise<void> => {
      if (!(await list()).some(({ board }) => board.portal === portal)) throw notFound("such board");
      const message: PortalMessage = { ...messages[action], by };
      await tell(portal, message);
    },
  };
}

export type Boards = ReturnType<typeof createBoards>;

/** Of an address, as a part of an id. */
function shortOf(url: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < url.length; i++) hash = Math.imul(hash ^ url.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
