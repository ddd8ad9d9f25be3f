/** How high a degree is, told by its words in the languages of forms; null where they do not say. */
import { sameText } from "./same-question.ts";

const levels: readonly (readonly [string, RegExp])[] = [
  ["doctorate", /\b(?:doctor\w*|ph ?d|dr|promotion|doutorado|dphil)\b/],
  [
    "master",
    /\b(?:master\w*|m ?sc|m ?a|m ?s|m ?eng|mba|magister|diplom|maestria|mestrado|graduate degree)\b/,
  ],
  [
    "bachelor",
    /\b(?:bachelor\w*|b ?sc|b ?a|b ?s|b ?eng|licence|licenciatura|grado|undergraduate degree|graduacao)\b/,
  ],
  ["associate", /\b(?:associate\w*|a ?a|a ?s|foundation degree)\b/],
  ["school", /\b(?:high school|secondary|abitur|baccalaureat|ged|bachillerato|ensino medio|a levels?)\b/],
];

export const degreeLevel = (text: string): string | null =>
  levels.find(([, pattern]) => pattern.test(sameText(text)))?.[0] ?? null;
