/** The shape of a small answer of our own: two postings, so that one can be damaged and the other has to be kept. */
import type { PortalKind } from "../../../../protocols/portal-kind.ts";

export interface SmallAnswer {
  readonly kind: PortalKind;
  readonly url: string;
  /** As JSON if it is no text. */
  readonly answer: unknown;
  /** Of the first posting, as `callboard discover` shows it; the second differs in id and title. */
  readonly first: Readonly<Record<string, unknown>>;
}

export const text = "<p>Grind lenses &amp; keep the lamp lit.</p>";
export const usd = (min: number, max: number, unit: string) => ({ min, max, currency: "USD", unit });
export const twice = <T>(make: (id: string, title: string) => T): T[] => [
  make("101", "Lamp Keeper"),
  make("102", "Rigger"),
];
export const answerOf = (
  kind: PortalKind,
  url: string,
  answer: unknown,
  first: SmallAnswer["first"],
): SmallAnswer => ({
  ...{ kind, url, answer },
  first: { id: "101", title: "Lamp Keeper", ...first },
});
export const bodyOf = ({ answer }: SmallAnswer): string =>
  typeof answer === "string" ? answer : JSON.stringify(answer);
