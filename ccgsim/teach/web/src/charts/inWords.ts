import type { Line } from "./types";
import { say } from "../words";

/** A line in words, for those who do not see it: where it begins, its lowest and highest points, where it stands. */
export function inWords(line: Line, format: (value: number) => string): string {
  const known = line.values.flatMap((value, month) => (value === null || value === undefined ? [] : [{ value, month }]));
  if (!known.length) return "";
  const [first, last] = [known[0], known[known.length - 1]];
  const told = (at: { value: number; month: number }) => say.charts.at(format(at.value), at.month);
  if (known.length === 1) return `${line.label} ${told(first)}`.trim();
  const lowest = known.reduce((a, b) => (b.value < a.value ? b : a));
  const highest = known.reduce((a, b) => (b.value > a.value ? b : a));
  return `${line.label} ${say.charts.line(told(first), told(lowest), told(highest), told(last))}`.trim();
}
