import { expect, test } from "vitest";
import { keep, recall, type Kept } from "./memory";

const shelf = (text: string | null = null) => {
  let held = text;
  return { getItem: () => held, setItem: (_: string, value: string) => void (held = value) };
};

test("what is kept is recalled", () => {
  const store = shelf();
  const kept: Kept = { config: null, month: 7, bets: { pressure: { option: "same", truth: "", saw: "" } }, words: "Because …", choices: [{ month: 0, way: 1 }] };
  keep(kept, store);
  expect(recall(store)).toEqual(kept);
});

test.each([null, "", "not JSON", "[1]", "3", "null"])("%s counts as nothing", (text) => {
  expect(recall(shelf(text))).toEqual({ config: null, month: 0, bets: {}, words: "", choices: [] });
});

test("without a storage nothing is kept and nothing fails", () => {
  keep(recall(null), null);
  expect(recall(null).words).toBe("");
});
