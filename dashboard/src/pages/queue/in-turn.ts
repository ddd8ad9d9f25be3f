/** The same to many, one after the other. What is refused holds up none of the others: each is another review. */
import { Problem, sentence } from "../../api/problem.ts";

export interface Done {
  readonly done: readonly string[];
  /** What was not done, as a sentence; "" if all was. */
  readonly problem: string;
}

/** Ends early if the server can't be reached or fails: the next would too. */
export async function inTurn(
  ids: readonly string[],
  nameOf: (id: string) => string,
  act: (id: string) => Promise<unknown>,
): Promise<Done> {
  const done: string[] = [];
  const refused: string[] = [];
  for (const id of ids) {
    try {
      await act(id);
      done.push(id);
    } catch (error) {
      refused.push(`${nameOf(id)}: ${sentence(error)}`);
      if (!(error instanceof Problem && error.status === 409)) break;
    }
  }
  const problem = refused.length === 0 ? "" : `${done.length} of ${ids.length} done. ${refused.join(" ")}`;
  return { done, problem };
}
