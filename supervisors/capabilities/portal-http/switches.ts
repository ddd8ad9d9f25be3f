/**
 * Which kinds of portal may be asked at all. Those whose terms forbid programs are off until an operator has switched them
 * on by name; every other can be switched off.
 */
import { forbiddenByTerms, PortalKind } from "../../../protocols/portal-kind.ts";
import { ConfigProblem } from "../../setting.ts";

export interface Switches {
  /** Kinds that are off by default and were switched on knowingly. */
  readonly on: readonly string[];
  /** Kinds that are never asked. Wins over `on`. */
  readonly off: readonly string[];
}

/** Why this kind is not asked, and what to do about it; null if it is. */
export function whyOff(kind: string, { on, off }: Switches): string | null {
  if (off.includes(kind))
    return `The kind ${kind} is switched off by CALLBOARD_PORTALS_OFF: take it out there and start the node again.`;
  if (forbiddenByTerms.some((one) => one === kind) && !on.includes(kind))
    return `The terms of ${kind} forbid programs, so it is off. Who has read them and takes the risk names it in CALLBOARD_PORTALS_ON and starts the node again.`;
  return null;
}

/** @throws ConfigProblem for a kind that does not exist: a misspelt one would silently stay as it is. */
export function readSwitches(config: {
  readonly portalsOn?: readonly string[] | undefined;
  readonly portalsOff?: readonly string[] | undefined;
}): Switches {
  const check = (variable: string, kinds: readonly string[]) => {
    const unknown = kinds.filter((kind) => !PortalKind.literals.some((known) => known === kind));
    if (unknown.length > 0)
      throw new ConfigProblem(
        `${variable} names ${unknown.join(", ")}; the kinds of portal are ${PortalKind.literals.join(", ")}.`,
      );
    return kinds;
  };
  return {
    on: check("CALLBOARD_PORTALS_ON", config.portalsOn ?? []),
    off: check("CALLBOARD_PORTALS_OFF", config.portalsOff ?? []),
  };
}
