/**
 * Which kind of portal an address belongs to, and where its list is asked for: whatever page of a board somebody pastes
 * (the board, one of its jobs, its API) becomes the one address that the adapter asks.
 */
import { forbiddenByTerms, type PortalKind } from "../../../protocols/portal-kind.ts";
import { boardAddresses } from "./board-addresses.ts";

export interface Recognised {
  readonly adapter: PortalKind;
  /** For `Board.url`. */
  readonly url: string;
  /** The board's own name at the portal ("acme", "hitachi/careers"), or the host where there is none. Not the company's name. */
  readonly token: string;
  /** A portal actor's id for it, e.g. "greenhouse-acme": letters, digits and "-". */
  readonly portal: string;
  /** The portal's terms forbid automated access: to be switched on knowingly, off by default. */
  readonly forbiddenByTerms: boolean;
}

/** @returns null if it is no web address */
export function recognise(address: string): Recognised | null {
  const text = address.trim();
  if (!URL.canParse(text) || text.length > 2_000) return null;
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  url.hash = "";
  url.username = "";
  url.password = "";
  const place = { url, host: url.hostname.toLowerCase(), parts: partsOf(url.pathname) };
  for (const [adapter, rule] of boardAddresses) {
    const found = rule(place);
    if (found === null) continue;
    const [token, list] = found;
    return {
      adapter,
      url: list,
      token,
      portal: idOf(adapter, token),
      forbiddenByTerms: forbiddenByTerms.includes(adapter),
    };
  }
  return null;
}

/** Portals that list many employers' jobs, and such whose boards are numbered: their names are no company's. */
const namesNobody: readonly PortalKind[] = [
  ...([
    "linkedin",
    "indeed",
    "glassdoor",
    "remoteok",
    "weworkremotely",
    "rss",
    "oracle",
    "paylocity",
  ] as const),
];

/** Whose board it is, as its name tells: "acme-labs-2" -> "Acme Labs", "careers.acme.com" -> "Acme"; "" if it does not. A guess. */
export function companyOf({ adapter, token }: Pick<Recognised, "adapter" | "token">): string {
  if (namesNobody.includes(adapter)) return "";
  const first = token.split("/")[0] ?? "";
  const labels = first.split(".");
  const word = labels.length > 1 ? (labels.at(-2) ?? first) : first;
  return /^(?:careers?|jobs|karriere)$/i.test(word)
    ? ""
    : word
        .replace(/(?<=\p{L})-\d{1,2}$/u, "")
        .split(/[-_\s]+/)
        .filter((part) => part !== "")
        .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
        .join(" ");
}

const idOf = (adapter: PortalKind, token: string): string => {
  const plain = token
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain === "" || plain === adapter ? adapter : `${adapter}-${plain}`.slice(0, 64);
};

function partsOf(path: string): string[] {
  return path
    .split("/")
    .filter((part) => part !== "")
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part; // A stray "%": taken as it is.
      }
    });
}
