/** Numbers and months in words. */

export const percent = (value: number | null | undefined): string => (value === null || value === undefined || Number.isNaN(value) ? "–" : `${Math.round(value * 100)}%`);

/** A difference of shares in points, with its sign. */
export function points(value: number): string {
  const whole = Math.round(value * 100);
  return `${whole > 0 ? "+" : whole < 0 ? "−" : ""}${Math.abs(whole)}`;
}

export function monthName(month: number): string {
  const years = Math.floor(month / 12);
  const rest = month % 12;
  if (month === 0) return "the start";
  if (years === 0) return `month ${rest}`;
  return rest === 0 ? `year ${years}` : `year ${years}, month ${rest}`;
}

/** The same after a verb: "at the start", "in year 3". */
export const inMonth = (month: number): string => (month === 0 ? "at the start" : `in ${monthName(month)}`);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
