/** Serves form pages on loopback and counts what must never happen in a dry run: a sent form, a pressed button. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Put into every page: tells the site of every press of a button that looks like the last one, and of every submit. */
const watcher = `<script>
addEventListener("click", (event) => { const at = event.composedPath()[0]; if (/submit|apply|send|absenden|envoyer|candidatar|save and continue/i.test((at.textContent ?? "") + (at.value ?? "")) && at.matches?.("button, input[type=submit]")) fetch("/pressed"); }, true);
addEventListener("submit", () => fetch("/submitted"), true);
</script>`;

export interface FormSite {
  /** @returns the address of a page with this HTML */
  readonly show: (html: string) => string;
  /** Methods and paths of requests that mean something was sent or pressed. */
  readonly sent: readonly string[];
  readonly close: () => Promise<void>;
}

export async function startFormSite(): Promise<FormSite> {
  const pages = new Map<string, string>();
  const sent: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const page = pages.get(path);
    if (page === undefined || request.method !== "GET") sent.push(`${request.method} ${path}`);
    response.writeHead(page === undefined ? 204 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    show: (html) => {
      const path = `/form-${pages.size + 1}`;
      pages.set(path, html.replace("<head>", `<head><link rel="icon" href="data:,">${watcher}`));
      return `http://127.0.0.1:${port}${path}`;
    },
    sent,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
