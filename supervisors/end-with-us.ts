/**
 * Makes sure that a program we started doesn't outlive us, however we go: even after a kill -9 nobody needs to clean up.
 * A tiny shell waits at the other end of a pipe; when we are gone the pipe breaks, and it ends the program.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * @param pid the program to end when this process is gone
 * @param graceSeconds how long it may take to end in order; 0 ends it by force at once
 * @returns to call when the program has ended: lets the watcher go. (Its pid may belong to another program then.)
 */
export const endWithUs = (pid: number, graceSeconds: number): (() => Promise<void>) => {
  const gently = graceSeconds > 0 ? `kill -TERM ${pid} 2>/dev/null; sleep ${graceSeconds};` : "";
  const watcher = spawn("/bin/sh", ["-c", `cat >/dev/null; ${gently} kill -KILL ${pid} 2>/dev/null`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // A Ctrl-C in our terminal is for us, who end programs in their order.
  });
  watcher.on("error", () => {}); // No /bin/sh, no guard: the next start still finds the program by its recorded pid.
  watcher.stdin.on("error", () => {}); // It was ended before us.
  watcher.unref();
  return async () => {
    if (watcher.pid === undefined || watcher.exitCode !== null || watcher.signalCode !== null) return;
    const gone = once(watcher, "exit");
    watcher.ref(); // Else nothing may be left that keeps this process waiting for it.
    watcher.kill("SIGKILL");
    await gone;
  };
};
