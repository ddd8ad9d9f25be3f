/** Decodes what comes from outside; what does not fit is refused with the place and the reason, without the value. */
import { Schema } from "effect";
import { Refusal } from "./problem.ts";

export const decodeOrRefuse = <S extends Schema.Decoder<unknown>>(
  schema: S,
  value: unknown,
  where: string,
): S["Type"] => {
  const result = Schema.decodeUnknownResult(schema)(value, { errors: "first" });
  if (result._tag === "Success") return result.success;
  // The message names the path on a line of its own; values in it are cut, for they may be long.
  const why = result.failure.message.replace(/\s+/g, " ").slice(0, 300);
  throw new Refusal(400, "BadRequest", `The ${where} is not as it must be: ${why}`);
};
