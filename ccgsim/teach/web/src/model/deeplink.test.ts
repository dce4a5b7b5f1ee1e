import { expect, test } from "vitest";
import { fromFragment, toFragment } from "./deeplink";
import type { Config } from "./types";

const CONFIG: Config = {
  schema: 1,
  scene: "sandbox",
  seed: 2 ** 53 - 1,
  months: 96,
  worlds: [
    { scenario: "site_a", settings: { "policy.dialogue": 0.8 }, actions: [] },
    { scenario: "site_b", settings: {}, actions: [{ month: 30, action: "open_dialogue", value: 0.85 }, { month: 31, action: "close_pct" }] },
  ],
};

test("a configuration survives the address", () => {
  const fragment = toFragment(CONFIG);
  expect(fragment).toMatch(/^#c=[A-Za-z0-9_-]+$/);
  expect(fromFragment(fragment)).toEqual(CONFIG);
});

test("letters beyond ASCII survive too", () => {
  expect(fromFragment(toFragment({ ...CONFIG, scene: "près – 30 °" }))?.scene).toBe("près – 30 °");
});

test.each(["", "#", "#c=", "#c=%%%", "#c=bm90IGpzb24", "#other=1", toFragment({ ...CONFIG, schema: 2 as 1 })])("%s holds no configuration", (fragment) => {
  expect(fromFragment(fragment)).toBeNull();
});
