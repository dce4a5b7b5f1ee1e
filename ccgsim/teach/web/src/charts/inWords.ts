import type { Line } from "./types";

/** A line in words, for those who do not see it: where it begins, its lowest and highest points, where it stands. */
export function inWords(line: Line, format: (value: number) => string): string {
  const known = line.values.flatMap((value, month) => (value === null || value === undefined ? [] : [{ value, month }]));
  if (!known.length) return "";
  const [first, last] = [known[0], known[known.length - 1]];
  const told = (at: { value: number; month: number }) => `${format(at.value)} in month ${at.month}`;
  if (known.length === 1) return `${line.label} ${told(first)}`.trim();
  const lowest = known.reduce((a, b) => (b.value < a.value ? b : a));
  const highest = known.reduce((a, b) => (b.value > a.value ? b : a));
  return `${line.label} ${told(first)}, lowest ${told(lowest)}, highest ${told(highest)}, now ${told(last)}`.trim();
}
