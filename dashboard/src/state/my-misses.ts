/** The misses of one person with their evidence, asked again now and then. */
import { useCallback } from "react";
import { call } from "../api/call.ts";
import { usePolled } from "./polled.ts";

/** @param employee `me` for oneself */
export function useMisses(employee: string) {
  const ask = useCallback(() => call("personMisses", { params: { employee } }), [employee]);
  const polled = usePolled(ask, 5_000);
  return { ...polled, misses: polled.value?.items ?? [] };
}
