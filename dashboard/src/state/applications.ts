/** A list of applications by status, page after page. It is asked for again when the facts say that something changed. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { ApplicationRow } from "../../../protocols/api/http.ts";
import type { ApplicationStatus } from "../../../protocols/application.ts";
import { call } from "../api/call.ts";
import { sentence } from "../api/problem.ts";
import { paused } from "./paused.ts";

interface Listing {
  readonly rows: readonly ApplicationRow[] | null;
  readonly more: boolean;
  readonly problem: string;
}

/** Lists are paged over HTTP and not pushed; this is how old the first page may get. */
const refreshMs = 4_000;
const pageSize = "25";

/** `still()` is true while rows must not move, since somebody points at one of them. */
export function useApplications(status: ApplicationStatus | undefined, still: () => boolean = () => false) {
  const [listing, setListing] = useState<Listing>({ rows: null, more: false, problem: "" });
  const next = useRef<string | null>(null);
  const pages = useRef(0);

  const load = useCallback(
    async (further: boolean) => {
      try {
        const cursor = further ? (next.current ?? undefined) : undefined;
        const page = await call("applications", { query: { status, limit: pageSize, cursor } });
        next.current = page.next;
        pages.current = further ? pages.current + 1 : 1;
        setListing((before) => ({
          rows: further ? [...(before.rows ?? []), ...page.items] : page.items,
          more: page.next !== null,
          problem: "",
        }));
      } catch (error) {
        setListing((before) => ({ ...before, problem: sentence(error) }));
      }
    },
    [status],
  );

  const mayMove = useRef(still);
  mayMove.current = still;
  useEffect(() => {
    setListing({ rows: null, more: false, problem: "" });
    void load(false);
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && !paused.get() && pages.current <= 1 && !mayMove.current())
        void load(false);
    }, refreshMs);
    return () => clearInterval(timer);
  }, [load]);

  return { ...listing, reload: () => load(false), loadMore: () => load(true) };
}
