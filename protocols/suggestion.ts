/** What a reviewer might do to a résumé. Nothing in it is text to paste: what is true only a person knows. */
import { Schema } from "effect";

export const Suggestion = Schema.Struct({
  kind: Schema.Literals(["missing", "opening", "result", "length"]),
  /** The résumé's line that it is about; "" for one about the whole. */
  line: Schema.String,
  /** A sentence for the reviewer. */
  message: Schema.String,
});
export type Suggestion = typeof Suggestion.Type;
