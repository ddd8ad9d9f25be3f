/** The hidden token of a form: proves that this portal made the form, for this posting, not too long ago. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Four hours: long enough for a person who takes a break. */
const validForMs = 4 * 3_600_000;

const sign = (secret: string, jobId: number, issued: string): string =>
  createHmac("sha256", secret).update(`${jobId}.${issued}`).digest("base64url");

export const formToken = (secret: string, jobId: number, now: number): string => {
  const issued = now.toString(36);
  return `${issued}.${sign(secret, jobId, issued)}`;
};

export const isFormToken = (secret: string, jobId: number, token: string, now: number): boolean => {
  const [issued, signature] = token.split(".");
  if (issued === undefined || signature === undefined || !/^[0-9a-z]{1,11}$/.test(issued)) return false;
  const expected = Buffer.from(sign(secret, jobId, issued));
  const given = Buffer.from(signature);
  const age = now - Number.parseInt(issued, 36);
  return (
    expected.length === given.length && timingSafeEqual(expected, given) && age >= 0 && age <= validForMs
  );
};
