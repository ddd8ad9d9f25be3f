/** Any board with an RSS or Atom feed. */
import type { PortalAdapter } from "../adapter.ts";
import { feedIn, itemDraft, looksLikeXml, readFeed } from "./feed.ts";

export const rss: PortalAdapter = {
  kind: "rss",
  knows: ({ body }) => looksLikeXml(body) && feedIn(body) !== null,
  read: (answer) => readFeed(answer, itemDraft),
  ask: ({ url }) => ({ url }),
  paged: false,
};
