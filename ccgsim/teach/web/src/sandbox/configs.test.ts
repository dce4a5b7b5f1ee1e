import { expect, test } from "vitest";
import type { Config, ParameterInfo, ScenarioInfo } from "../model/types";
import { valueOf, withCopy, withMonths, withScenario, withSetting, withoutAction, withoutSetting } from "./configs";

const CONFIG: Config = {
  schema: 1, scene: "sandbox", seed: 3, months: 60,
  worlds: [
    { scenario: "site_a", settings: {}, actions: [{ month: 10, action: "close_pct" }, { month: 40, action: "announce", value: 0.2 }] },
    { scenario: "site_b", settings: { "policy.dialogue": 0.4 }, actions: [] },
  ],
};
const SLIDER = { name: "policy.dialogue", default: 0.1 } as ParameterInfo;
const SCENARIOS = [{ name: "site_a", values: { "policy.dialogue": 0.2 } }, { name: "site_b", values: {} }] as unknown as ScenarioInfo[];

test("a setting changes the worlds named and leaves the rest and the original alone", () => {
  const next = withSetting(CONFIG, [0], "policy.dialogue", 0.9);
  expect(next.worlds.map((w) => w.settings["policy.dialogue"])).toEqual([0.9, 0.4]);
  expect(CONFIG.worlds[0].settings).toEqual({});
  expect(withoutSetting(next, [0, 1], "policy.dialogue").worlds.map((w) => w.settings)).toEqual([{}, {}]);
});

test("a slider stands at its setting, else at the scenario's value, else at the default", () => {
  expect(valueOf(CONFIG, 1, SLIDER, SCENARIOS)).toBe(0.4);
  expect(valueOf(CONFIG, 0, SLIDER, SCENARIOS)).toBe(0.2);
  expect(valueOf(withoutSetting(CONFIG, [1], SLIDER.name), 1, SLIDER, SCENARIOS)).toBe(0.1);
});

test("a shorter run loses actions after its end, a new scenario all of them", () => {
  expect(withMonths(CONFIG, 40).worlds[0].actions).toHaveLength(1);
  expect(withScenario(CONFIG, 0, "site_b").worlds[0]).toEqual({ scenario: "site_b", settings: {}, actions: [] });
  expect(withoutAction(CONFIG, 0, 0).worlds[0].actions.map((a) => a.month)).toEqual([40]);
});

test("a copy of A can be changed without changing A", () => {
  const next = withCopy(CONFIG);
  next.worlds[1].actions.length = 0;
  expect(next.worlds[0].actions).toHaveLength(2);
});
