import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

test("only a proxy of ours is believed, and only about whom it heard itself", () => {
  const nobody = clientAddress();
  expect(nobody("203.0.113.9", "198.51.100.1")).toBe("203.0.113.9");
  const address = clientAddress(["10.0.0.1", "10.0.0.2"]);
  expect(address("203.0.113.9", "198.51.100.1")).toBe("203.0.113.9");
  expect(address("10.0.0.1", "198.51.100.1")).toBe("198.51.100.1");
  expect(address("::ffff:10.0.0.1", "made-up, 1.2.3.4, 198.51.100.1")).toBe("198.51.100.1");
  expect(address("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2")).toBe("198.51.100.1");
  expect(address("10.0.0.1", "")).toBe("10.0.0.1");
  expect(address("10.0.0.1", "unknown")).toBe("10.0.0.1");
  expect(address("10.0.0.1", "2001:db8::1")).toBe("2001:db8::1");
});
