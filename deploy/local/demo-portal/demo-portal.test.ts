import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HTMLElement, parse } from "node-html-parser";
import { afterEach, expect, test } from "vitest";
import { companies } from "./data/companies.ts";
import { type DemoPortal, type DemoPortalOptions, startDemoPortal } from "./demo-portal.ts";

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const start = async (options: Partial<DemoPortalOptions> = {}): Promise<DemoPortal> => {
  const portal = await startDemoPortal({ port: 0, dataDir: null, newPostingEveryMs: 0, ...options });
  cleanUps.push(() => portal.close());
  return portal;
};

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), "demo-portal-"));
  cleanUps.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

// biome-ignore lint/suspicious/noExplicitAny: what a test reads from an answer is asserted right there.
const readJson = async (url: string): Promise<any> => (await fetch(url)).json();
const readPage = async (url: string): Promise<HTMLElement> => parse(await (await fetch(url)).text());

const control = (portal: DemoPortal, path: string, body: object) =>
  fetch(`${portal.url}/__control/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

interface Posted {
  readonly jobId: number;
  readonly company: string;
  readonly url: string;
  readonly title: string;
  readonly place: string;
  readonly mirror: boolean;
  readonly openingId: number;
  readonly absurdity: string | null;
  readonly region: string;
  readonly tier: string;
}
const postings = (portal: DemoPortal): Promise<Posted[]> => readJson(`${portal.url}/__control/postings`);

const aJob = async (portal: DemoPortal, fits: (one: Posted) => boolean = () => true): Promise<Posted> => {
  const found = (await postings(portal)).find((one) => one.absurdity === null && fits(one));
  if (found === undefined) throw new Error("no such posting");
  return found;
};

/** Fills every field of the form as a person would who answers the first option everywhere. */
const filled = (
  page: HTMLElement,
  email: string,
  file: Blob | null = new Blob(["%PDF-1.7 demo"]),
): FormData => {
  const form = new FormData();
  const ticked = new Set<string>();
  for (const input of page.querySelectorAll(
    "#application-form input, #application-form select, #application-form textarea",
  )) {
    const name = input.getAttribute("name") ?? "";
    const type = input.getAttribute("type") ?? "";
    if (type === "hidden") form.append(name, input.getAttribute("value") ?? "");
    else if (name === "company_website_url" || name === "resume_text") form.append(name, "");
    else if (type === "file") {
      if (file !== null) form.append(name, file, "cv.pdf");
    } else if (type === "radio" || type === "checkbox") {
      if (!ticked.has(name)) form.append(name, input.getAttribute("value") ?? "");
      ticked.add(name);
    } else if (input.tagName === "SELECT")
      form.append(name, input.querySelectorAll("option")[1]?.getAttribute("value") ?? "");
    else form.append(name, { email, tel: "+49 30 5550100", number: "70000" }[type] ?? "Something");
  }
  return form;
};

const submit = (job: { url: string }, body: FormData) =>
  fetch(`${job.url}/apply`, { method: "POST", body, redirect: "manual" });

const apply = async (job: { url: string }, email: string, file?: Blob | null) =>
  submit(job, filled(await readPage(`${job.url}/apply`), email, file));

test("a board lists its jobs as Greenhouse does", async () => {
  const portal = await start();
  const board = `${portal.url}/v1/boards/northwind/jobs`;
  const list = await readJson(board);
  expect(list.meta.total).toBe(list.jobs.length);
  expect(list.jobs[0]).toMatchObject({
    id: expect.any(Number),
    internal_job_id: expect.any(Number),
    title: expect.any(String),
    location: { name: expect.any(String) },
    absolute_url: expect.stringContaining("/careers/northwind/jobs/"),
  });
  expect(list.jobs[0]).not.toHaveProperty("content");
  const full = await readJson(`${board}?content=true`);
  expect(full.jobs[0].content).toMatch(/^&lt;div class=&quot;content-intro&quot;&gt;/);
  expect(full.jobs[0].departments[0].name).toBe("Engineering");
  expect((await fetch(full.jobs[0].absolute_url)).status).toBe(200);
});

test("an unknown board and an unknown job are error objects with 404", async () => {
  const portal = await start();
  const board = await fetch(`${portal.url}/v1/boards/not-real-inc/jobs`);
  expect([board.status, await board.json()]).toEqual([
    404,
    { error: "Could not find a job board with token 'not-real-inc'" },
  ]);
  const job = await fetch(`${portal.url}/v1/boards/northwind/jobs/123`);
  expect([job.status, await job.json()]).toEqual([
    404,
    { error: "Could not find a job with id '123' for northwind" },
  ]);
});

test("a list that has not changed is not sent again", async () => {
  const portal = await start();
  const url = `${portal.url}/v1/boards/lumenpay/jobs`;
  const headers = { "if-none-match": (await fetch(url)).headers.get("etag") ?? "" };
  expect((await fetch(url, { headers })).status).toBe(304);
  await control(portal, "postings", { count: 60 });
  expect((await fetch(url, { headers })).status).toBe(200);
});

test("the board's questions are the form's fields, with the same names, labels and obligations", async () => {
  const portal = await start();
  for (const token of ["northwind", "halocare"]) {
    for (const { id, absolute_url } of (await readJson(`${portal.url}/v1/boards/${token}/jobs`)).jobs.slice(
      0,
      6,
    )) {
      const { questions } = await readJson(`${portal.url}/v1/boards/${token}/jobs/${id}?questions=true`);
      const form = await readPage(`${absolute_url}/apply`);
      for (const { label, required, fields } of questions) {
        if (fields[0].type === "input_hidden") continue;
        for (const { name } of fields) expect(form.querySelector(`[name="${name}"]`), name).not.toBeNull();
        const box = form.querySelector(`[data-field="${fields[0].name.replace("[]", "")}"]`);
        const shown = box?.querySelector("legend, label")?.text.trim();
        expect(shown).toBe(required ? `${label} *` : label);
        expect(box?.outerHTML.includes('aria-required="true"')).toBe(required);
        const values = fields[0].values.map((one: { value: number }) => String(one.value));
        const offered = box?.querySelectorAll("option, input[type=radio], input[type=checkbox]") ?? [];
        expect(offered.map((one) => one.getAttribute("value")).filter((one) => one !== "")).toEqual(values);
      }
    }
  }
});

test("there are at least 90 postings with distinct titles from six companies, and no form asks a thing twice", async () => {
  const portal = await start();
  const all = (await postings(portal)).filter((one) => !one.mirror && one.absurdity === null);
  expect(all.length).toBeGreaterThanOrEqual(90);
  expect(new Set(all.map((one) => one.company)).size).toBe(6);
  expect(new Set(all.map((one) => one.title)).size).toBeGreaterThan(all.length * 0.95);
  expect(new Set((await postings(portal)).map((one) => one.jobId)).size).toBe(
    (await postings(portal)).length,
  );
  for (const job of all.slice(0, 16)) {
    const labels = (await readPage(`${job.url}/apply`))
      .querySelectorAll(".field > label:not(.choice), legend")
      .map((one) => one.text);
    expect(new Set(labels).size).toBe(labels.length);
  }
});

test("careers pages carry JobPosting as object, array and graph; absurd ones do not hurt the others", async () => {
  const portal = await start();
  const shapes = new Set<string>();
  let readable = 0;
  let broken = 0;
  for (const { token } of companies) {
    const links = (await readPage(`${portal.url}/careers/${token}`)).querySelectorAll("a.job-link");
    for (const link of links) {
      const page = await readPage(`${portal.url}${link.getAttribute("href")}`);
      for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
        try {
          const data = JSON.parse(script.rawText);
          shapes.add(Array.isArray(data) ? "array" : "@graph" in data ? "graph" : data["@type"]);
          readable += 1;
        } catch {
          broken += 1;
        }
      }
    }
  }
  expect([...shapes].sort()).toEqual(["BreadcrumbList", "JobPosting", "array", "graph"]);
  expect(broken).toBe(1);
  expect(readable).toBeGreaterThan(50);
  expect((await postings(portal)).filter((one) => one.absurdity !== null)).toHaveLength(8);
});

test("at least six jobs stand both on a board and on the careers site, in other words", async () => {
  const portal = await start();
  const all = await postings(portal);
  const mirrors = all.filter((one) => one.mirror);
  expect(mirrors.length).toBeGreaterThanOrEqual(6);
  for (const mirror of mirrors) {
    const original = all.find((one) => !one.mirror && one.openingId === mirror.openingId);
    expect(original).toMatchObject({ place: "board", company: mirror.company });
    const heading = (await readPage(mirror.url)).querySelector("h1")?.text;
    expect(heading).not.toBe(mirror.title);
    expect(parse(`<b>${heading}</b>`).text.toLowerCase()).toContain(mirror.title.toLowerCase().slice(0, 12));
  }
});

test("a complete application is confirmed with a reference and kept with its file and answers", async () => {
  const portal = await start();
  const job = await aJob(portal, (one) => one.company === "northwind");
  const sent = await apply(job, "Ada@example.org");
  expect(sent.status).toBe(303);
  const confirmation = await readPage(`${portal.url}${sent.headers.get("location")}`);
  const reference = confirmation.querySelector('[data-testid="confirmation-reference"]')?.text ?? "";
  expect(reference).toMatch(/^NW-\d{4}-000001$/);
  const [kept, ...others] = await readJson(`${portal.url}/__control/applications`);
  expect(others).toEqual([]);
  expect(kept).toMatchObject({
    reference,
    jobId: job.jobId,
    company: "northwind",
    email: "Ada@example.org",
    name: "Something Something",
    resume: { fileName: "cv.pdf", bytes: 13 },
  });
  expect(kept.answers["Are you legally authorized to work in the country where this job is located?"]).toBe(
    "Yes",
  );
  const file = await fetch(`${portal.url}/__control/applications/${reference}/resume`);
  expect(await file.text()).toBe("%PDF-1.7 demo");
});

test("every form can be filled and sent", async () => {
  const portal = await start();
  const all = await postings(portal);
  for (const job of all.filter((_, index) => index % 5 === 0))
    expect((await apply(job, "ada@example.org")).status, job.url).toBe(303);
});

test("an empty form comes back with a message per required field, and nothing is kept", async () => {
  const portal = await start();
  const job = await aJob(portal);
  const page = await readPage(`${job.url}/apply`);
  const form = new FormData();
  form.append(
    "authenticity_token",
    page.querySelector("[name=authenticity_token]")?.getAttribute("value") ?? "",
  );
  form.append("company_website_url", "");
  const sent = await submit(job, form);
  expect(sent.status).toBe(422);
  const again = parse(await sent.text());
  expect(again.querySelector('[data-testid="form-errors"]')).not.toBeNull();
  const wrong = again
    .querySelectorAll("[data-field-error]")
    .map((one) => one.getAttribute("data-field-error"));
  const required = page
    .querySelectorAll(".field")
    .filter((one) => one.outerHTML.includes('aria-required="true"'));
  expect(wrong).toEqual(required.map((one) => one.getAttribute("data-field")));
  expect(await readJson(`${portal.url}/__control/applications`)).toEqual([]);
});

test("wrong values are named, and what was typed is still there, escaped", async () => {
  const portal = await start();
  const job = await aJob(portal);
  const form = filled(await readPage(`${job.url}/apply`), "not an address");
  form.set("first_name", '"><script>alert(1)</script>');
  form.set("phone", "call me");
  const sent = await submit(job, form);
  expect(sent.status).toBe(422);
  const text = await sent.text();
  expect(text).not.toContain("<script>alert");
  const wrong = parse(text)
    .querySelectorAll("[data-field-error]")
    .map((one) => one.getAttribute("data-field-error"));
  expect(wrong).toEqual(["email", "phone"]);
  expect(parse(text).querySelector("#first_name")?.getAttribute("value")).toBe('"><script>alert(1)</script>');
});

test.each([
  ["an empty file", "cv.pdf", "", "empty"],
  ["a program", "cv.exe", "MZ", "PDF, DOC"],
  ["a PDF that is none", "cv.pdf", "hello", "does not look like"],
  ["a file over 5 MB", "cv.txt", "x".repeat(5 * 1024 * 1024 + 1), "larger than 5 MB"],
])("refuses %s as resume", async (_, name, content, message) => {
  const portal = await start();
  const job = await aJob(portal);
  const form = filled(await readPage(`${job.url}/apply`), "ada@example.org", null);
  form.append("resume", new Blob([content]), name);
  const sent = await submit(job, form);
  expect(sent.status).toBe(422);
  expect(parse(await sent.text()).querySelector("#resume-error")?.text).toContain(message);
});

test("a resume may be pasted as text instead", async () => {
  const portal = await start();
  const job = await aJob(portal);
  const form = filled(await readPage(`${job.url}/apply`), "ada@example.org", null);
  form.set("resume_text", "Ada, engineer");
  expect((await submit(job, form)).status).toBe(303);
  const [kept] = await readJson(`${portal.url}/__control/applications`);
  expect(kept.resume).toBeNull();
  expect(kept.answers["Resume as text"]).toBe("Ada, engineer");
});

test("a filled honeypot, a missing token and another job's token are not accepted", async () => {
  const portal = await start();
  const job = await aJob(portal);
  const other = await aJob(portal, (one) => one.jobId !== job.jobId);
  const token = (await readPage(`${other.url}/apply`))
    .querySelector("[name=authenticity_token]")
    ?.getAttribute("value");
  for (const spoil of [
    (form: FormData) => form.set("company_website_url", "https://example.org"),
    (form: FormData) => form.delete("authenticity_token"),
    (form: FormData) => form.set("authenticity_token", token ?? ""),
  ]) {
    const form = filled(await readPage(`${job.url}/apply`), "ada@example.org");
    spoil(form);
    expect((await submit(job, form)).status).toBe(422);
  }
  expect(await readJson(`${portal.url}/__control/applications`)).toEqual([]);
});

test("a second application by the same e-mail is refused, another job or person is not", async () => {
  const portal = await start();
  const job = await aJob(portal);
  expect((await apply(job, "ada@example.org")).status).toBe(303);
  const second = await apply(job, "ADA@example.org");
  expect(second.status).toBe(409);
  expect(await second.text()).toContain("already applied");
  expect((await apply(job, "bob@example.org")).status).toBe(303);
  expect((await apply(await aJob(portal, (one) => one.jobId !== job.jobId), "ada@example.org")).status).toBe(
    303,
  );
  const refused = await readJson(`${portal.url}/__control/refused`);
  expect(refused).toMatchObject([{ jobId: job.jobId, email: "ADA@example.org" }]);
  const kept = await readJson(`${portal.url}/__control/applications`);
  expect(kept.map((one: { duplicatesRefused: number }) => one.duplicatesRefused)).toEqual([1, 0, 0]);
});

test("of simultaneous applications by the same e-mail exactly one is accepted", async () => {
  const portal = await start({ dataDir: folder() });
  const job = await aJob(portal);
  const page = await readPage(`${job.url}/apply`);
  const sent = await Promise.all(
    Array.from({ length: 8 }, () => submit(job, filled(page, "ada@example.org"))),
  );
  expect(sent.map((one) => one.status).sort()).toEqual([303, ...Array(7).fill(409)]);
  expect(await readJson(`${portal.url}/__control/applications`)).toHaveLength(1);
});

test("applications, refusals, new postings and modes survive a restart; a torn last line is cut off", async () => {
  const dataDir = folder();
  const first = await start({ dataDir });
  const job = await aJob(first, (one) => one.company === "northwind");
  await apply(job, "ada@example.org");
  await apply(job, "ada@example.org");
  await control(first, "postings", { count: 3 });
  await control(first, "mode", { mode: "403", company: "lumenpay" });
  const form = filled(await readPage(`${job.url}/apply`), "bob@example.org");
  const before = [
    await readJson(`${first.url}/__control/applications`),
    await readJson(`${first.url}/__control/refused`),
    (await postings(first)).map((one) => one.jobId),
  ];
  await first.close();
  const journal = join(dataDir, "journal.jsonl");
  appendFileSync(journal, '{"type":"ApplicationRec');

  const second = await start({ dataDir, seed: 99 });
  expect([
    await readJson(`${second.url}/__control/applications`),
    await readJson(`${second.url}/__control/refused`),
    (await postings(second)).map((one) => one.jobId),
  ]).toEqual(before);
  expect((await fetch(`${second.url}/careers/lumenpay`)).status).toBe(403);
  const moved = { url: job.url.replace(first.url, second.url) };
  // A form opened before the restart can still be sent, and the first application still counts.
  expect((await submit(moved, form)).status).toBe(303);
  expect((await apply(moved, "ada@example.org")).status).toBe(409);
  expect(readFileSync(journal, "utf8")).not.toContain('{"type":"ApplicationRec{');
  const reference = before[0][0].reference;
  expect(await (await fetch(`${second.url}/__control/applications/${reference}/resume`)).text()).toBe(
    "%PDF-1.7 demo",
  );
});

test("the same seed gives the same postings, another seed others", async () => {
  const ids = async (seed: number) =>
    (await postings(await start({ seed }))).map((one) => `${one.jobId} ${one.title}`);
  expect(await ids(3)).toEqual(await ids(3));
  expect(await ids(4)).not.toEqual(await ids(3));
});

test("new postings appear on boards and careers sites, without end and without repeating", async () => {
  const portal = await start();
  const before = (await readJson(`${portal.url}/v1/boards/halocare/jobs`)).meta.total;
  expect((await control(portal, "postings", { count: 300 })).status).toBe(201);
  expect((await readJson(`${portal.url}/v1/boards/halocare/jobs`)).meta.total).toBeGreaterThan(before + 20);
  const all = (await postings(portal)).filter((one) => !one.mirror);
  const seen = new Set(
    all.map((one) => JSON.stringify({ ...one, jobId: 0, openingId: 0, url: "", publishedAt: "" })),
  );
  expect(seen.size).toBe(all.length);
});

test("misbehaves as told: only that company, only those paths, only so often", async () => {
  const portal = await start();
  const api = `${portal.url}/v1/boards/northwind/jobs`;
  await control(portal, "mode", {
    mode: "429",
    company: "northwind",
    paths: "api",
    retryAfterSeconds: 7,
    count: 2,
  });
  const limited = await fetch(api);
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
  expect((await fetch(`${portal.url}/v1/boards/lumenpay/jobs`)).status).toBe(200);
  expect((await fetch(`${portal.url}/careers/northwind`)).status).toBe(200);
  expect((await fetch(api)).status).toBe(429);
  expect((await fetch(api)).status).toBe(200);

  await control(portal, "mode", { mode: "captcha" });
  const wall = await fetch(`${portal.url}/careers/fieldstone`);
  expect(wall.status).toBe(200);
  expect(await wall.text()).toMatch(/<title>Just a moment\.\.\.<\/title>[\s\S]*cf-turnstile/);
  await control(portal, "mode", { mode: "500" });
  expect((await fetch(api)).status).toBe(500);
  await control(portal, "mode", { mode: "slow", delayMs: 1 });
  expect((await fetch(api)).status).toBe(200);
  await control(portal, "mode", { mode: "403", forMs: 0 });
  expect((await fetch(api)).status).toBe(200);
  await control(portal, "mode", { mode: "ok" });
  expect((await readJson(`${portal.url}/__control/mode`)).rules).toEqual([]);
});

test("a changed form has other names, no upload and a question nobody can have prepared", async () => {
  const portal = await start();
  const job = await aJob(portal);
  const old = filled(await readPage(`${job.url}/apply`), "ada@example.org");
  await control(portal, "mode", { mode: "form-changed", company: job.company });
  const page = await readPage(`${job.url}/apply`);
  expect(page.querySelector("input[type=file]")).toBeNull();
  expect(page.querySelector('[name="applicant[email]"]')).not.toBeNull();
  expect(page.querySelector('[name="assessment_code"]')?.hasAttribute("required")).toBe(true);
  expect((await submit(job, old)).status).toBe(422);
  await control(portal, "mode", { mode: "ok" });
  expect((await submit(job, old)).status).toBe(303);
});

test("a lost confirmation: the connection is cut, the application was taken in once", async () => {
  const portal = await start();
  const job = await aJob(portal);
  const form = filled(await readPage(`${job.url}/apply`), "ada@example.org");
  await control(portal, "mode", { mode: "lost-confirmation", paths: "form", count: 1 });
  await expect(submit(job, form)).rejects.toThrow();
  expect((await apply(job, "ada@example.org")).status).toBe(409);
  expect(await readJson(`${portal.url}/__control/applications`)).toHaveLength(1);
});

test("a request under way does not hold up closing", async () => {
  const portal = await start();
  await control(portal, "mode", { mode: "slow", delayMs: 600_000, count: 1 });
  const waiting = fetch(`${portal.url}/careers/northwind`).then(
    () => "answered",
    () => "cut",
  );
  // The rule counts its uses: when one is gone, the request has arrived.
  await expect
    .poll(async () => (await readJson(`${portal.url}/__control/mode`)).rules)
    .toMatchObject([{ mode: "slow", left: 0 }]);
  await portal.close();
  expect(await waiting).toBe("cut");
});

test("hostile requests answer 4xx and the portal lives on", async () => {
  const portal = await start();
  const job = await aJob(portal);
  const statusOf = (path: string, options?: RequestInit) =>
    fetch(`${portal.url}${path}`, options).then((one) => one.status);
  const multipart = { "content-type": "multipart/form-data; boundary=x" };
  const where = job.url.replace(portal.url, "");
  const answers = await Promise.all([
    statusOf("/careers/northwind/jobs/%00"),
    statusOf("/careers/northwind/jobs/99999999999999999999"),
    statusOf("/careers/__proto__/jobs/1"),
    statusOf("/v1/boards/constructor/jobs"),
    statusOf(`${where}/apply`, { method: "DELETE" }),
    statusOf(`${where}/apply`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    }),
    statusOf(`${where}/apply`, { method: "POST", body: "--x\r\nbroken", headers: multipart }),
    statusOf(`${where}/apply`, {
      method: "POST",
      body: "x",
      headers: { "content-type": "multipart/form-data" },
    }),
    statusOf(`${where}/apply`, { method: "POST", body: new Uint8Array(7_000_000), headers: multipart }),
    statusOf("/__control/mode", { method: "POST", body: '{"mode":"429"}' }),
    statusOf("/__control/mode", {
      method: "POST",
      body: "{",
      headers: { "content-type": "application/json" },
    }),
    control(portal, "mode", { mode: "nonsense" }).then((one) => one.status),
    control(portal, "mode", { mode: "429", company: "nobody" }).then((one) => one.status),
    control(portal, "postings", { count: 1e9 }).then((one) => one.status),
    statusOf("/__control/applications/..%2f..%2fetc/resume"),
    statusOf("/nothing"),
  ]);
  for (const [index, status] of answers.entries())
    expect([index, Math.floor(status / 100)]).toEqual([index, 4]);

  const raw = (bytes: string) =>
    new Promise<string>((resolve) => {
      let answer = "";
      const socket = connect(portal.port, "127.0.0.1", () => socket.write(bytes));
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("error", () => resolve(answer));
      socket.on("close", () => resolve(answer));
    });
  expect(await raw("GET \0 HTTP/9.9\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
  expect(await raw("GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 4/);
  expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(30_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4/);
  // A body that stops in the middle.
  await new Promise<void>((resolve) => {
    const socket = connect(portal.port, "127.0.0.1", () => {
      socket.write(
        `POST ${where}/apply HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 999\r\n\r\n--x`,
      );
      socket.destroy();
      resolve();
    });
  });
  const head = await new Promise<number | undefined>((resolve) => {
    get(`${portal.url}/robots.txt`, { method: "HEAD" }, (answer) => resolve(answer.resume().statusCode));
  });
  expect(head).toBe(200);
  expect((await apply(job, "ada@example.org")).status).toBe(303);
});

test("a taken port is one clear line", async () => {
  const portal = await start();
  await expect(start({ port: portal.port })).rejects.toThrow(
    /cannot listen on 127\.0\.0\.1:\d+; set CALLBOARD_DEMO_PORTAL_PORT/,
  );
});
