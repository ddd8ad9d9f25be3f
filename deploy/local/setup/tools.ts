/** The tools that npm does not bring: each is looked for, and fetched or unpacked if missing. All at once. */
import { findBrowser } from "../../../supervisors/capabilities/browser/find-browser.ts";
import type { CallboardConfig } from "../../../supervisors/config.ts";
import { ensureNatsServer } from "./nats-server.ts";
import { makePostgresLinks } from "./postgres-links.ts";

/** One step as it is shown: what, outcome, how long. */
export type Report = (step: string, outcome: string, ms: number) => void;

const timed = async (report: Report, step: string, run: () => Promise<string>): Promise<void> => {
  const start = performance.now();
  report(step, await run(), performance.now() - start);
};

/** Throws the first step's error after all have ended, so that nothing is half unpacked when the process goes. */
export const setUpTools = async (config: CallboardConfig, report: Report): Promise<void> => {
  const steps = [
    timed(report, "nats-server", async () => {
      if (!config.embedded.nats) return "not needed, CALLBOARD_NATS_URL is set";
      const { path, fetched } = await ensureNatsServer(config.home);
      return fetched ? `fetched, ${path}` : path;
    }),
    timed(report, "postgresql", async () => {
      const made = await makePostgresLinks();
      return made > 0 ? `${made} links made` : "in place";
    }),
    timed(report, "browser", async () => {
      const { executablePath, source } = await findBrowser(config.home);
      return `${source}, ${executablePath}`;
    }),
  ];
  const failed = (await Promise.allSettled(steps)).find((step) => step.status === "rejected");
  if (failed) throw failed.reason;
};
