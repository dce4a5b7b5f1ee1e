import { expect, test } from "vitest";
import { Recorded } from "./recorded";
import type { Action, ActionInfo, Config } from "../types";

const INFO: ActionInfo[] = [{ name: "pay", label: "", meaning: "", value: { low: 0, high: 1, default: 0.5, step: 0.1, unit: "" } }];
const run = (seed: number, ...actions: Action[]): Config => ({ schema: 1, scene: "puzzle", seed, months: 84, worlds: [{ scenario: "x", settings: {}, actions }] });
const recorded = new Recorded({ actions: INFO }, [run(0), run(4), run(0, { month: 12, action: "pay", value: 0.5 }, { month: 12, action: "ask" })]);

test("a run is known by what is done in it", () => {
  expect(recorded.has(run(0))).toBe(true);
  expect(recorded.has(run(1))).toBe(false);
  expect(recorded.has({ ...run(0), months: 60 })).toBe(false);
  expect(recorded.has(run(0, { month: 13, action: "pay" }))).toBe(false);
});

test("a value left out is the action's own, and order within a month does not matter", () => {
  expect(recorded.has(run(0, { month: 12, action: "ask", value: null }, { month: 12, action: "pay" }))).toBe(true);
  expect(recorded.has(run(0, { month: 12, action: "ask" }, { month: 12, action: "pay", value: 0.6 }))).toBe(false);
});

test("seeds are those of the same run", () => {
  expect(recorded.seeds(run(9))).toEqual([0, 4]);
});
