/** What a site's robots.txt lets us read. */
import { userAgent } from "../portal-http/fetcher.ts";

export interface Robots {
  readonly allows: (url: string) => boolean;
  /** Milliseconds between requests that the site asks for, or null. */
  readonly crawlDelayMs: number | null;
}

const ours = userAgent.split("/")[0]?.toLowerCase() ?? "";

/** The group for us if there is one, else the one for all. The longest matching rule wins, Allow before Disallow. */
export function readRobots(text: string): Robots {
  const groups: { agents: string[]; rules: { allow: boolean; path: string }[]; delay: number | null }[] = [];
  let open = false;
  for (const line of text.slice(0, 500_000).split(/\r?\n/)) {
    const [, name = "", value = ""] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    const field = name.toLowerCase();
    if (field === "user-agent") {
      if (!open) groups.push({ agents: [], rules: [], delay: null });
      open = true;
      groups.at(-1)?.agents.push(value.trim().toLowerCase());
    } else if (field !== "") {
      open = false;
      const group = groups.at(-1);
      if (field === "allow" || field === "disallow") {
        if (value.trim() !== "") group?.rules.push({ allow: field === "allow", path: value.trim() });
      } else if (field === "crawl-delay" && group !== undefined && Number(value) > 0)
        group.delay = Math.min(Number(value), 60) * 1_000;
    }
  }
  const mine = groups.filter((group) => group.agents.includes(ours));
  const chosen = mine.length > 0 ? mine : groups.filter((group) => group.agents.includes("*"));
  const rules = chosen
    .flatMap((group) => group.rules)
    .sort((a, b) => b.path.length - a.path.length || Number(b.allow) - Number(a.allow))
    .map(({ allow, path }) => ({ allow, pattern: patternOf(path) }));
  return {
    allows: (url) => {
      const { pathname, search } = new URL(url);
      return rules.find(({ pattern }) => pattern.test(pathname + search))?.allow ?? true;
    },
    crawlDelayMs: chosen.find(({ delay }) => delay !== null)?.delay ?? null,
  };
}

const patternOf = (path: string) =>
  new RegExp(
    `^${path
      .slice(0, 500)
      .replace(/\*+/g, "*")
      .split("*")
      .map((part) => part.replace(/[.+?^{}()|[\]\\]/g, "\\$&").replace(/\$(?!$)/g, "\\$"))
      .join(".*?")}`,
  );
