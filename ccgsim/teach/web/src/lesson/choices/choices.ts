export const HALF_YEAR = 6; // months between two choices
const STEP = 0.1; // more or less of the time

export interface Choice {
  month: number;
  way: -1 | 0 | 1;
}

/** What you give by month up to `last`: from where she stood at the start, each choice moves it within half a year. */
export function givenBy(choices: readonly Choice[], start: number, last: number): number[] {
  const found = [start];
  let [from, goal, since] = [start, start, 0];
  for (let month = 0; month < last; month++) {
    const choice = choices.find((each) => each.month === month);
    if (choice) [from, goal, since] = [found[month], Math.max(0, Math.min(1, found[month] + choice.way * STEP)), month];
    found.push(from + (goal - from) * Math.min(1, (month + 1 - since) / HALF_YEAR));
  }
  return found;
}
