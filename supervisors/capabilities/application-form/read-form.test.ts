/** The form reader in a real browser, on forms with the structures that portals use. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBrowserPool } from "../browser/browser-pool.ts";
import { readForm } from "./read-form.ts";

const pool = createBrowserPool();
beforeAll(
  () => pool.use({ media: true, signal: new AbortController().signal }, () => Promise.resolve()),
  60_000,
);
afterAll(() => pool.close());

const read = (body: string) =>
  pool.use({ media: true, signal: new AbortController().signal }, async (context) => {
    const page = await context.newPage();
    await page.setContent(`<!doctype html><main>${body}</main>`);
    return (await readForm(page)).form;
  });
const base =
  '<label>Email<input type="email" required></label><label>CV<input type="file" style="opacity:0"></label>';

test("labels come from wherever the page has them", async () => {
  const { fields } = await read(`<form>${base}
    <label for="a[b]:1">First name <span>*</span></label><input id="a[b]:1">
    <span id="x">Notice</span><span id="y">period</span><input aria-labelledby="x y">
    <input aria-label="City" aria-required="true">
    <fieldset aria-required="true"><legend>Visa?</legend><label><input type="radio" name="v" value="1"> Yes</label><label><input type="radio" name="v" value="0"> No</label></fieldset>
    <li><div class="application-label">Which tools?</div><div><label><input type="checkbox" name="t[]" value="1"> dbt</label><label><input type="checkbox" name="t[]" value="2"> Spark</label></div></li>
    <table><tr><td>Start date</td><td><input type="date"></td></tr></table>
    <p><input placeholder="Website"></p></form>`);
  expect(fields.map(({ label, required }) => `${label}${required ? "!" : ""}`)).toEqual([
    "Email!",
    "CV",
    "First name!",
    "Notice period",
    "City!",
    "Visa?!",
    "Which tools?",
    "Start date",
    "Website",
  ]);
  expect(fields.filter(({ trap }) => trap)).toEqual([]);
  expect(fields.find(({ label }) => label === "Visa?")?.options).toEqual(["Yes", "No"]);
});

test("what people can't see or are told to leave is a trap, a hidden file input is not", async () => {
  const hidden = [
    "display:none",
    "visibility:hidden",
    "opacity:0",
    "position:absolute;left:-9999px",
    "width:1px;height:1px;overflow:hidden;position:absolute",
    "clip:rect(0 0 0 0);position:absolute",
  ].map((style) => `<div style="${style}"><label>Website<input name="w"></label></div>`);
  const told = [
    "<label>Leave this field empty<input></label>",
    '<label>Code<input name="beecatcher"></label>',
  ];
  const { fields } = await read(`<form>${base}${[...hidden, ...told].join("")}</form>`);
  expect(fields.filter(({ trap }) => trap)).toHaveLength(hidden.length + told.length);
  expect(fields.filter(({ trap }) => !trap).map(({ label }) => label)).toEqual(["Email", "CV"]);
});

test("a search box is no application form, and an Apply link is found", async () => {
  const page = await read(
    '<form><input type="search"></form><a href="https://example.org/apply">Apply now</a>',
  );
  expect(page).toMatchObject({ found: false, applyUrl: "https://example.org/apply" });
});
