import { expect, test } from "vitest";
import { written } from "./worksheet";

const PAPER = "<table><tr><th>q</th></tr><tr><td>{question}</td><td>{said}</td><td>{happened}</td></tr></table><p>{words}</p>";

test("a row a bet, and the words as typed", () => {
  const bets = [{ question: "A?", said: "1", happened: "2" }, { question: "B?", said: "<", happened: "" }];
  expect(written(PAPER, " so $& so ", bets)).toBe(
    "<table><tr><th>q</th></tr><tr><td>A?</td><td>1</td><td>2</td></tr><tr><td>B?</td><td>&#60;</td><td>not played to the end</td></tr></table><p>so $&#38; so</p>",
  );
});

test("a paper without places stays as it is", () => {
  expect(written("<p>guide</p>", "words", [])).toBe("<p>guide</p>");
});
