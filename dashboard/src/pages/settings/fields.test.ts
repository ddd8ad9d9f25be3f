import { Schema } from "effect";
import { expect, test } from "vitest";
import { defaultQueueSettings, QueueSettings } from "../../../../protocols/queue-settings.ts";
import { type Field, fieldProblem, fields, numberOf, withNumber } from "./fields.ts";

test("every number of the form is one of the settings, and comes back as it was", () => {
  let settings = defaultQueueSettings;
  for (const field of fields) {
    expect(numberOf(settings, field), field.key).not.toBeNaN();
    settings = withNumber(settings, field, numberOf(settings, field));
  }
  expect(settings).toEqual(defaultQueueSettings);
  expect(Schema.is(QueueSettings)(settings)).toBe(true);
});

test("what is typed in minutes is stored in milliseconds", () => {
  const warn = fields.find(({ key }) => key === "warnBeforeMs");
  if (!warn) throw new Error("no such field");
  expect(withNumber(defaultQueueSettings, warn, 4).terms.warnBeforeMs).toBe(240_000);
});

/** What the server takes, without the rules between the numbers. */
const takes = (field: Field, value: number) =>
  Schema.is(QueueSettings)(withNumber(defaultQueueSettings, field, value));

test.each(fields.map((field) => [field.key, field] as const))(
  "%s may be what the server takes, and says so in its own unit",
  (_, field) => {
    const inForm = (value: number) =>
      fieldProblem(withNumber(defaultQueueSettings, field, value), field) === "";
    const least = field.min ?? 0.01;
    for (const value of [least, field.max])
      expect([takes(field, value), inForm(value)]).toEqual([true, true]);
    for (const value of [(field.min ?? 0) - 1, field.min === null ? 0 : -1, field.max + 1])
      expect([takes(field, value), inForm(value)]).toEqual([false, false]);
  },
);

test("what is out of bounds is said in minutes where minutes are typed", () => {
  const extension = fields.find(({ key }) => key === "extendMs");
  if (!extension) throw new Error("no such field");
  expect(fieldProblem(withNumber(defaultQueueSettings, extension, 90), extension)).toBe(
    "A number more than 0 and at most 60 min, please.",
  );
});
