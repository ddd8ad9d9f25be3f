/**
 * The file `boards` in the home: one board a line, its address and after it what differs from the guess, for example
 *
 *     https://boards.greenhouse.io/acme company="Acme Labs" region=us every=30m
 *
 * Read when a node that hosts portals starts. A board that is taken out of it stays watched; switch it off or remove it.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { jetstream } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { addressOf } from "../protocols/address.ts";
import type { PortalMessage } from "../protocols/portal.ts";
import { subjects } from "../protocols/subjects.ts";
import { boardAt, NoBoard } from "./capabilities/portal-http/board-at.ts";
import { ConfigProblem } from "./setting.ts";

type Watch = Extract<PortalMessage, { type: "Watch" }>;

const unit: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000 };

/** @throws ConfigProblem that names the line and what is allowed */
export function readBoards(text: string, demoPollMs: number): readonly Watch[] {
  const boards: Watch[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [address = "", ...rest] = line.trim().match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
    if (address === "" || address.startsWith("#")) continue;
    const refuse = (why: string) => new ConfigProblem(`The file boards, line ${index + 1}: ${why}`);
    try {
      const at = boardAt(address, demoPollMs);
      const options = optionsOf(rest, refuse);
      const board = {
        ...at.board,
        company: options.get("company") ?? at.company,
        region: options.get("region") ?? "eu",
      };
      if (!/^[a-z][a-z0-9-]{0,30}$/.test(board.region))
        throw refuse(`region=${board.region}; allowed are small letters, digits and "-", for example eu.`);
      if (boards.some((other) => other.board.portal === board.portal))
        throw refuse(`${board.portal} stands in it twice. Take one out.`);
      boards.push({
        type: "Watch",
        board,
        pollEveryMs: everyMs(options.get("every"), refuse) ?? at.pollEveryMs,
        by: "the file boards",
      });
    } catch (error) {
      if (error instanceof NoBoard) throw refuse(error.message);
      throw error;
    }
  }
  return boards;
}

function optionsOf(words: readonly string[], refuse: (why: string) => ConfigProblem) {
  const options = new Map<string, string>();
  for (const word of words) {
    const [, name = "", value = ""] = /^(\w+)="?([^"]*)"?$/.exec(word) ?? [];
    if (!["company", "region", "every"].includes(name) || value.trim() === "")
      throw refuse(`${word} is none of company="…", region=… and every=…, for example every=30m.`);
    options.set(name, value.trim());
  }
  return options;
}

function everyMs(given: string | undefined, refuse: (why: string) => ConfigProblem): number | undefined {
  if (given === undefined) return undefined;
  const [, count = "", per = ""] = /^(\d{1,4})([mh])$/.exec(given) ?? [];
  const ms = Number(count) * (unit[per] ?? Number.NaN);
  if (!(ms >= 60_000 && ms <= 86_400_000))
    throw refuse(`every=${given}; allowed are 1m to 24h, for example every=30m or every=2h.`);
  return ms;
}

/** Tells each portal actor of the file's boards; who knows it already changes nothing. No file is no board. */
export async function watchBoards(nc: NatsConnection, home: string, demoPollMs: number): Promise<number> {
  const text = await readFile(join(home, "boards"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw new ConfigProblem(`The file ${join(home, "boards")} can't be read: ${error.message}`);
  });
  const boards = readBoards(text, demoPollMs);
  for (const watch of boards)
    await jetstream(nc).publish(
      subjects.mailbox(addressOf("portal", watch.board.portal)),
      JSON.stringify(watch),
    );
  return boards.length;
}
