import { expect, test } from "vitest";
import { inWords } from "./inWords";

const percent = (value: number) => `${Math.round(100 * value)}%`;
const line = (values: (number | null)[]) => ({ label: "A", values, colour: "" });

test("a line is told by its ends and its extremes", () => {
  expect(inWords(line([0.6, 0.7, null, 0.2, 0.3]), percent)).toBe("A 60% in month 0, lowest 20% in month 3, highest 70% in month 1, now 30% in month 4");
});

test("a single point is told once, and nothing is nothing", () => {
  expect(inWords(line([null, 0.5]), percent)).toBe("A 50% in month 1");
  expect(inWords(line([]), percent)).toBe("");
});
