/** The worker process: runs one peer's handlers, and reports what they did to the driver in small batches. */
import { now } from "./clock.mjs";

const { peer, options } = JSON.parse(process.argv[2]);
const empty = () => ({ turns: [], offers: [], fires: [] });
let said = empty();
const flush = () => {
  if (!process.connected || said.turns.length + said.offers.length + said.fires.length === 0) return;
  process.send(said);
  said = empty();
};
setInterval(flush, 10);

const report = {
  /** A hop of a measured token was handled. */
  turn({ space, tok, hop }) {
    if (space.startsWith("e")) said.turns.push([tok, hop, now()]);
  },
  /** An employee got a task, now or so long ago: when it was in hand, not when that it was done is stored. */
  offer(n, employee, agoMs = 0) {
    said.offers.push([n, employee, now() - agoMs]);
  },
  /** A timer fired; epoch milliseconds. */
  fire(n, dueAt) {
    said.fires.push([n, Date.now() - dueAt]);
  },
};
process.on("disconnect", () => process.exit(0));
process.on("unhandledRejection", (error) => console.error("unhandled:", error));
const worker = await (await import(`../peers/${peer}.mjs`)).worker(options, report);
process.on("message", async (message) => {
  if (message !== "stop") return;
  await Promise.race([worker.stop(), new Promise((resolve) => setTimeout(resolve, 4_000))]);
  process.exit(0);
});
process.send({ ready: true });
