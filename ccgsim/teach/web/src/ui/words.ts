/** Numbers in words. */

export const percent = (value: number | null | undefined): string => (value === null || value === undefined || Number.isNaN(value) ? "–" : `${Math.round(value * 100)}%`);

/** A difference of shares in points, with its sign. */
export function points(value: number): string {
  const whole = Math.round(value * 100);
  return `${whole > 0 ? "+" : whole < 0 ? "−" : ""}${Math.abs(whole)}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Within a sentence: "Time GPs give" becomes "time GPs give". */
export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
