/** The misses of one person with their evidence, as their actor keeps them; asked again now and then. */
import { useCallback } from "react";
import { call } from "../api/call.ts";
import { usePolled } from "./polled.ts";

/** @param employee `me` for oneself */
export function useLedger(employee: string) {
  const ask = useCallback(() => call("ledger", { params: { employee } }), [employee]);
  const polled = usePolled(ask, 4_000);
  return { ...polled, entries: polled.value?.entries ?? [] };
}
