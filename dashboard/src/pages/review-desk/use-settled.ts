/** A desk that has just taken the place of another is not ended yet: the second click of two was meant for the one before. */
import { useEffect, useState } from "react";

/** Longer than two clicks are apart, and too short to have read anything. */
const settlesInMs = 1_000;

export function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), settlesInMs);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}
