/** One thing at a time that may fail: whether it is under way, and the sentence if it went wrong. */
import { useState } from "react";
import { sentence } from "../api/problem.ts";

export function useAttempt() {
  const [doing, setDoing] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  /** @param what shown meanwhile, where somebody shows it */
  const attempt = async (work: () => Promise<void>, what = "") => {
    setDoing(what);
    setProblem("");
    try {
      await work();
    } catch (error) {
      setProblem(sentence(error));
    } finally {
      setDoing(null);
    }
  };
  return { pending: doing !== null, doing: doing ?? "", problem, setProblem, attempt };
}
