import { expect, test } from "vitest";
import { due } from "./pending";

const board = { turn: 3, over: false, decided: null };
const pending = { turn: 3, give: 0.4 };

test("a decision that has not arrived is sent again", () => {
  expect(due(pending, board)).toEqual(pending);
  expect(due(pending, { ...board, decided: 0.7 })).toEqual(pending);
});

test("one that has arrived, or came too late, is not", () => {
  expect(due(pending, { ...board, decided: 0.4 })).toBeNull();
  expect(due(pending, { ...board, turn: 4 })).toBeNull();
  expect(due(pending, { ...board, over: true })).toBeNull();
  expect(due(pending, null)).toBeNull();
  expect(due(null, board)).toBeNull();
});
