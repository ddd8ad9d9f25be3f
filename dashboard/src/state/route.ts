/** The page in the address, `#/page/what is looked at there`: it survives a reload, and the browser's back goes back. */
import { useSyncExternalStore } from "react";

const current = () => location.hash.replace(/^#\/?/, "");

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
};

export interface Route {
  readonly page: string;
  /** An id, decoded; "" for the page itself. */
  readonly of: string;
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, current);
  const slash = hash.indexOf("/");
  if (slash < 0) return { page: hash, of: "" };
  return { page: hash.slice(0, slash), of: decoded(hash.slice(slash + 1)) };
}

/** What a link to a page, or to something on it, has as its address. */
export const linkTo = (page: string, of = ""): string =>
  of === "" ? `#/${page}` : `#/${page}/${encodeURIComponent(of)}`;

export const goTo = (page: string, of = ""): void => {
  location.hash = linkTo(page, of);
};

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // Typed by hand: it names what it says.
  }
}
