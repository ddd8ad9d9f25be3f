/** Where each topic's snapshot comes from. What changes is published to the hub by whoever knows it first. */

import type { Me } from "../../protocols/api/route.ts";
import type { Topic, TopicData } from "../../protocols/api/socket.ts";
import type { EdgeContext } from "../context.ts";

interface Source<T extends Topic> {
  /** Everybody who has the same key watches the same; the topic itself if not told. */
  readonly key?: (me: Me) => string;
  /** The value of now; null if nobody knows it yet: the first change brings it. */
  readonly snapshot: (me: Me) => Promise<TopicData[T] | null>;
}

export type Sources = { readonly [T in Topic]: Source<T> };

export const topicSources = ({ people, board }: Pick<EdgeContext, "people" | "board">): Sources => ({
  me: {
    key: ({ id }) => `me.${id}`,
    snapshot: async ({ id }) => ({ ...(await people.standing(id)), because: null }),
  },
  live: { snapshot: async () => board.live() },
  kpis: { snapshot: async () => board.kpis() },
  floor: { snapshot: () => board.floor() },
});
