/** The page in the address, behind "#/": it survives a reload, and the browser's back goes back. */
import { useSyncExternalStore } from "react";

const current = () => location.hash.replace(/^#\/?/, "");

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
};

/** Clicking a link to `#/name` changes it. */
export const useRoute = (): string => useSyncExternalStore(subscribe, current);
