/**
 * A process id is used again after its process is gone. Together with the moment of its start it names one process, so
 * nothing is ended that isn't ours.
 */
import { readFileSync } from "node:fs";
import { Schema } from "effect";

export const ProcessIdentity = Schema.Struct({ pid: Schema.Int, started: Schema.String });
export type ProcessIdentity = typeof ProcessIdentity.Type;

/** When the process was started, in the system's ticks since boot; undefined if there is none. */
const startOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name stands in brackets and may hold anything; fields are counted after it. The 22nd is the start.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined; // No such process, or a system without /proc: then we can't prove that it is ours.
  }
};

export const identify = (pid: number): ProcessIdentity => ({ pid, started: startOf(pid) ?? "unknown" });

/** Whether this very process still runs. */
export const isAlive = ({ pid, started }: ProcessIdentity): boolean => startOf(pid) === started;

/** Ends it in order, by force after `withinMs`; resolves when it is gone. Does nothing if it is gone already. */
export const endProcess = async (identity: ProcessIdentity, withinMs: number): Promise<void> => {
  const deadline = performance.now() + withinMs;
  let signal: NodeJS.Signals | 0 = "SIGTERM";
  while (isAlive(identity)) {
    if (signal !== 0 || performance.now() > deadline) {
      try {
        process.kill(identity.pid, performance.now() > deadline ? "SIGKILL" : "SIGTERM");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
      signal = 0;
    }
    await new Promise((resolve) => setTimeout(resolve, 25)); // It is not our child: there is nothing to wait on.
  }
};
