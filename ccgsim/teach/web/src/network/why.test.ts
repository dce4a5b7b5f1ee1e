import { expect, test } from "vitest";
import type { AgentAnswer } from "../model/types";
import { balance, whyFell } from "./why";

const answer = {
  history: { month: [0, 1, 2, 3], participation: [0.5, 0.8, 0.6, 0.4] },
  why: {
    months: [0, 1, 2, 3],
    parts: { "being heard": [0.4, 0.5, 0.3, 0.1], "cost of time": [-0.3, -0.3, -0.35, -0.32], "holding a seat": [0, 0, 0, 0] },
    worth: [],
    fell: null,
  },
} as unknown as AgentAnswer;

test("a fall is told from her best month so far, the part that took most first", () => {
  const why = whyFell(answer, 3)!;
  expect([why.from, why.was, why.is]).toEqual([1, 0.8, 0.4]);
  expect(why.parts.map(([name]) => name)).toEqual(["being heard", "cost of time"]);
  expect(why.parts[0][1]).toBeCloseTo(-0.4);
});

test("months after the one shown do not count", () => {
  expect(whyFell(answer, 1)).toBeNull();
  expect(whyFell(answer, 2)!.is).toBe(0.6);
});

test("what weighs now leaves out what weighs nothing", () => {
  expect(balance(answer, 0).map(([name]) => name)).toEqual(["being heard", "cost of time"]);
});
