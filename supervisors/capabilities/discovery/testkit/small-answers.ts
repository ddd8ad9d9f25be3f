/** A small answer of our own for every kind of portal. */
import { boardApiAnswers } from "./board-api-answers.ts";
import { otherApiAnswers } from "./other-api-answers.ts";
import { pageAnswers } from "./page-answers.ts";

export const smallAnswers = [...boardApiAnswers, ...otherApiAnswers, ...pageAnswers];
