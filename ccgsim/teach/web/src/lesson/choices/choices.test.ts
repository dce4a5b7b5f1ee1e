import { expect, test } from "vitest";
import { givenBy, HALF_YEAR } from "./choices";

test("without a choice you give what she gave at the start", () => {
  expect(givenBy([], 0.6, 3)).toEqual([0.6, 0.6, 0.6, 0.6]);
});

test("a choice moves it by a tenth within half a year, and it stays there", () => {
  const given = givenBy([{ month: 2, way: 1 }], 0.6, 12);
  expect(given.slice(0, 3)).toEqual([0.6, 0.6, 0.6]);
  expect(given[2 + HALF_YEAR]).toBeCloseTo(0.7);
  expect(given[5]).toBeCloseTo(0.65);
  expect(given[12]).toBeCloseTo(0.7);
});

test("nobody gives less than nothing or more than all", () => {
  const less = Array.from({ length: 9 }, (_, n) => ({ month: n * HALF_YEAR, way: -1 as const }));
  expect(Math.min(...givenBy(less, 0.3, 54))).toBe(0);
  const more = less.map((choice) => ({ ...choice, way: 1 as const }));
  expect(Math.max(...givenBy(more, 0.3, 54))).toBe(1);
});
