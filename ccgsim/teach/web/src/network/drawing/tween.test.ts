import { expect, test } from "vitest";
import { Tween } from "./tween";

const of = (...values: number[]) => Float32Array.from(values);

test("values go from where they stand to where they head, and stay there", () => {
  const tween = new Tween();
  tween.head(of(0, 1), 0, 100);
  tween.head(of(1, 0), 1000, 100);
  expect([...tween.at(1000)]).toEqual([0, 1]);
  const [first, second] = tween.at(1050);
  expect(first).toBeGreaterThan(0.5);
  expect(first + second).toBeCloseTo(1);
  expect([...tween.at(1100)]).toEqual([1, 0]);
  expect([tween.moving(1099), tween.moving(1100)]).toEqual([true, false]);
});

test("nothing is between two months where people came or went", () => {
  const tween = new Tween();
  tween.head(of(0, 1), 0, 100);
  tween.head(of(0.5, 0.5, 0.5), 1000, 100);
  expect([...tween.at(1001)]).toEqual([0.5, 0.5, 0.5]);
});
