import { Schema } from "effect";
import { expect, test } from "vitest";
import { defaultQueueSettings, QueueSettings } from "../../../../protocols/queue-settings.ts";
import { fields, numberOf, withNumber } from "./fields.ts";

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
