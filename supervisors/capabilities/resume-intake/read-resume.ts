/**
 * A résumé file from outside, read in bounded time and memory: every file gets a process of its own, which is killed when
 * its time is over. Used by the edge for uploads and by the command line.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Schema } from "effect";
import { ReadingProblem, RefusalReason, SectionConfidence } from "../../../protocols/resume-reading.ts";
import { repoRoot } from "../../repo-root.ts";
import { formatOf } from "./file-format.ts";
import type { ReadDocument } from "./read-document.ts";
import { ResumeRefused } from "./refusal.ts";

export interface ReadingLimits {
  /** Milliseconds of work until the file is given up. Real ones take under 2 s, most of it the start. */
  readonly cpuMs?: number;
  /** Milliseconds by the clock: three times as long, for a busy machine. */
  readonly timeMs?: number;
  /** Megabytes of the whole process. 70 are the program itself, a PDF with photographs takes 200. */
  readonly memoryMb?: number;
}

const Answer = Schema.Union([
  Schema.Struct({ refused: RefusalReason, message: Schema.String }),
  Schema.Struct({
    document: Schema.Record(Schema.String, Schema.Json),
    confidence: SectionConfidence,
    text: Schema.String,
    problems: Schema.Array(ReadingProblem),
  }),
]);
const decodeAnswer = Schema.decodeUnknownSync(Schema.fromJsonString(Answer));

/** Files read at once; further ones wait. Each takes a core. */
const mostAtOnce = 2;
/** Characters of an answer. 200,000 letters of text come twice, as text and as document. */
const mostAnswer = 16 * 1024 * 1024;

let running = 0;
const queue: (() => void)[] = [];

/**
 * @param name the file's name; only a hint at its format
 * @throws ResumeRefused with the reason, and a sentence that says what to do
 */
export async function readResume(
  bytes: Uint8Array,
  name = "",
  limits: ReadingLimits = {},
): Promise<ReadDocument> {
  // What can be told at sight needs no process.
  formatOf(bytes, name);
  if (running >= mostAtOnce) await new Promise<void>((resolve) => queue.push(resolve));
  running += 1;
  try {
    return await inOwnProcess(bytes, name, limits);
  } finally {
    running -= 1;
    queue.shift()?.();
  }
}

function inOwnProcess(
  bytes: Uint8Array,
  name: string,
  { cpuMs = 12_000, timeMs = cpuMs * 3, memoryMb = 700 }: ReadingLimits,
): Promise<ReadDocument> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${Math.round(memoryMb * 0.6)}`,
        "--stack-size=900",
        readerFile(),
        name.slice(-200),
        String(memoryMb),
        String(cpuMs),
      ],
      // No settings and no secrets of ours: it has nothing to do but read.
      { stdio: ["pipe", "pipe", "pipe"], env: { PATH: process.env.PATH ?? "" } },
    );
    const chunks: Buffer[] = [];
    let length = 0;
    let late = false;
    let said = "";
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, timeMs);
    child.stdout.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= mostAnswer) chunks.push(chunk);
      else child.kill("SIGKILL");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
    });
    // A child that ended before it read everything closes the pipe: its end says why.
    child.stdin.on("error", () => {});
    child.once("error", (cause) => {
      clearTimeout(timer);
      reject(new Error(`The reader of résumé files could not be started: ${cause.message}`, { cause }));
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (late || signal === "SIGALRM") return reject(new ResumeRefused("out-of-time"));
      // Killed by its guard, or by V8 at the heap's limit.
      if (code !== 0) {
        if (code === null || code === 134 || /heap|memory/i.test(said))
          return reject(new ResumeRefused("out-of-memory"));
        return reject(new Error(`The reader of résumé files ended with code ${code}: ${said.slice(-500)}`));
      }
      try {
        const answer = decodeAnswer(Buffer.concat(chunks).toString("utf8"));
        if ("refused" in answer) reject(new ResumeRefused(answer.refused, answer.message));
        else resolve(answer);
      } catch (cause) {
        reject(new Error("The reader of résumé files gave no answer that can be read.", { cause }));
      }
    });
    child.stdin.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

/** The compiled one, for a process of its own runs no TypeScript. */
function readerFile(): string {
  const file = join(repoRoot, "dist", "supervisors", "capabilities", "resume-intake", "reader-process.js");
  if (!existsSync(file)) throw new Error("The program is not compiled: npm run build.");
  return file;
}
