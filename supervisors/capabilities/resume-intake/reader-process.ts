/**
 * The process in which one résumé file is read: the file comes in on stdin, what was read goes out on stdout as JSON, and
 * then it ends. `read-resume.ts` starts it, gives it its limits and kills it when they are over. Nothing that a hostile file
 * does to it, be it memory, time or a crash, reaches anybody else.
 */
import { Worker } from "node:worker_threads";
import { formatOf } from "./file-format.ts";
import { readDocument } from "./read-document.ts";
import { ResumeRefused } from "./refusal.ts";

/**
 * The JS heap has a limit of its own, but what a stream unpacks to lies outside of it, and a busy machine makes the clock a
 * poor measure of work. So a thread looks at the whole process; it goes on looking while this one is busy.
 */
function guard(mostBytes: number, mostCpuMs: number) {
  const code = `
    setInterval(() => {
      const { user, system } = process.cpuUsage();
      if (process.memoryUsage.rss() > ${mostBytes}) process.kill(process.pid, "SIGKILL");
      if (user + system > ${mostCpuMs * 1_000}) process.kill(process.pid, "SIGALRM");
    }, 10);`;
  new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}

async function main(name: string, mostMb: number, mostCpuMs: number) {
  guard(mostMb * 1024 * 1024, mostCpuMs);
  // Libraries that talk must not talk into the answer.
  console.log = console.error;
  console.warn = console.error;
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const answer = await readDocument(bytes, formatOf(bytes, name)).catch((error: unknown) => {
    if (error instanceof ResumeRefused) return { refused: error.reason, message: error.message };
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    // A file that breaks a reader is a broken file; the cause went to stderr.
    return { refused: "damaged" as const, message: new ResumeRefused("damaged").message };
  });
  process.stdout.write(JSON.stringify(answer), () => process.exit(0));
}

const [name = "", mostMb = "700", mostCpuMs = "12000"] = process.argv.slice(2);
await main(name, Number(mostMb), Number(mostCpuMs));
