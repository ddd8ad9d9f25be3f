import { expect, test } from "vitest";
import { problemOf, securityHeaders } from "./answer.ts";
import { originCheck } from "./origin.ts";
import { sessionsIn } from "./sessions.ts";

const cookie = (secure: boolean) =>
  sessionsIn({ sql: null as never, secret: "s", secure, announce: () => {}, ended: () => {} }).cookie("v");

test("reached by https, cookies are bound to the host, the line stays encrypted, and no other origin is ours", () => {
  const headers = securityHeaders("https://desk.example");
  expect(headers["strict-transport-security"]).toMatch(/^max-age=\d{8}/);
  expect(headers["content-security-policy"]).toContain("connect-src 'self' wss://desk.example;");
  expect(cookie(true)).toMatch(/^__Host-callboard=v; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
  const mayComeFrom = originCheck("https://desk.example", 7070);
  expect(mayComeFrom("https://desk.example", "")).toBe(true);
  for (const other of ["http://desk.example", "https://evil.example", "http://127.0.0.1:7070", "null"])
    expect(mayComeFrom(other, "same-origin"), other).toBe(false);
  expect(mayComeFrom("", "cross-site")).toBe(false);
});

test("on one machine it works without https, and says nothing of it", () => {
  const headers = securityHeaders("http://127.0.0.1:7070");
  expect(headers).not.toHaveProperty("strict-transport-security");
  expect(cookie(false)).toMatch(/^callboard_session=v; .*HttpOnly/);
  expect(cookie(false)).not.toContain("Secure");
});

test("a page runs nothing but its own scripts, loads nothing from elsewhere and stands in no frame", () => {
  const policy = securityHeaders("https://desk.example")["content-security-policy"] ?? "";
  for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
    expect(policy).toContain(rule);
  expect(policy).not.toMatch(/unsafe|\*/);
});

test("what breaks is told to the log and not to the client", () => {
  const logged: string[] = [];
  const { status, body } = problemOf(new Error("relation account does not exist"), (line) =>
    logged.push(line),
  );
  expect(status).toBe(503);
  expect(String(body)).not.toContain("relation");
  expect(logged[0]).toContain("relation");
});
