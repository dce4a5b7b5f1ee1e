import type { AgentAnswer } from "../model/types";

/** Why a GP gives less (or more) than before: parts of the worth of taking part, the one that took most first. */
export interface Why {
  from: number; // month of comparison
  was: number;
  is: number;
  parts: [name: string, change: number][];
}

const LEAST = 0.005; // changes of worth too small to speak of

/** Between her best month before `month` and that month; null where she gives no less than then. */
export function whyFell(answer: AgentAnswer, month: number, least = 0.03): Why | null {
  const { why, history } = answer;
  if (!why) return null;
  const last = why.months.findLastIndex((m) => m <= month);
  if (last < 0) return null;
  const given = history.participation.map((v) => v ?? 0);
  let best = 0;
  for (let n = 1; n <= last; n++) if (given[n] > given[best]) best = n;
  if (given[best] - given[last] < least) return null;
  return { from: why.months[best], was: given[best], is: given[last], parts: changes(why.parts, best, last) };
}

function changes(parts: Record<string, number[]>, from: number, to: number): [string, number][] {
  return Object.entries(parts)
    .map(([name, values]): [string, number] => [name, values[to] - values[from]])
    .filter(([, change]) => Math.abs(change) > LEAST)
    .sort((a, b) => a[1] - b[1]);
}

/** What weighs for and against taking part in one month. */
export function balance(answer: AgentAnswer, month: number): [name: string, value: number][] {
  const { why } = answer;
  if (!why) return [];
  const at = Math.max(0, why.months.findLastIndex((m) => m <= month));
  return Object.entries(why.parts)
    .map(([name, values]): [string, number] => [name, values[at]])
    .filter(([, value]) => Math.abs(value) > LEAST)
    .sort((a, b) => b[1] - a[1]);
}
