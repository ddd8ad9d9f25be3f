/**
 * What a process says: JSON lines with level, time, role and node for machines that collect them, plain lines on a terminal.
 * A line tells what happened, to whom and what follows; never a secret and never what a candidate wrote.
 */
import type { CallboardConfig } from "../config.ts";

const levels = ["error", "warn", "info", "debug"] as const;
export type Level = (typeof levels)[number];

/** @param about the level, "info" if left out, and the trace that a line belongs to */
export type Log = (text: string, about?: { readonly level?: Level; readonly trace?: string }) => void;

export interface LogOptions extends Pick<CallboardConfig, "logLevel" | "logFormat" | "nodeId"> {
  readonly role: "node" | "edge";
  /** Where lines go, and whether a person reads them there. Default: stderr. */
  readonly to?: { write(line: string): unknown; readonly isTTY?: boolean };
  readonly now?: () => Date;
}

export function openLog(options: LogOptions): Log {
  const { role, nodeId: node, logLevel, logFormat, to = process.stderr, now = () => new Date() } = options;
  const most = levels.indexOf(logLevel);
  const plain = logFormat === "text" || (logFormat === "auto" && to.isTTY === true);
  return (text, { level = "info", trace } = {}) => {
    if (levels.indexOf(level) > most) return;
    const time = now().toISOString();
    const line = plain
      ? `${time} ${level.padEnd(5)} ${text}${trace === undefined ? "" : ` [${trace}]`}`
      : JSON.stringify({ time, level, role, node, ...(trace === undefined ? {} : { trace }), text });
    to.write(`${line}\n`);
  };
}
