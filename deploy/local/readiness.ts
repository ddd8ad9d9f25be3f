/** Whether a program takes work yet: asked again and again until it does, or until somebody loses patience. */
import { createServer } from "node:net";

/** How often is asked. Short, since a start should take no longer than it must. */
const everyMs = 50;

/** Resolves when `url` answers with a status below 400. Rejects when `signal` is aborted. */
export const answers = async (url: string, signal: AbortSignal): Promise<void> => {
  for (;;) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
      await response.body?.cancel();
      if (response.ok || response.status < 400) return;
    } catch {
      // Not there yet: ask again.
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};

/** Whether a server could listen there now. */
export const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
