/** Runs the demo portal as a process of its own until it is told to stop (SIGTERM, SIGINT). */
import { join } from "node:path";
import { startDemoPortal } from "./demo-portal.ts";

const portText = process.env.CALLBOARD_DEMO_PORTAL_PORT ?? "7075";
const port = Number(portText);
if (!/^\d+$/.test(portText) || port > 65_535) {
  console.error(`CALLBOARD_DEMO_PORTAL_PORT is "${portText}"; it must be a port number from 0 to 65535.`);
  process.exit(2);
}
const home = process.env.CALLBOARD_HOME ?? ".callboard";

try {
  const portal = await startDemoPortal({ port, dataDir: join(home, "demo-portal") });
  console.log(`demo portal ready on ${portal.url}`);
  const stop = () => {
    process.off("SIGTERM", stop);
    process.off("SIGINT", stop);
    portal.close().catch((error: unknown) => {
      console.error("demo portal: could not stop cleanly", error);
      process.exitCode = 1;
    });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
