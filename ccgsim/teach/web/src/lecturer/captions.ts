import { happenings } from "../charts/ofSession";
import type { Session } from "../model/session.svelte";
import { percent } from "../ui/words";
import { say } from "../words";

const MOST = 40;
const LONGEST = 300;

/** Captions of a replay: what happens, and the state at the start, each second year and the end. */
export function replayCaptions(session: Session): { month: number; text: string }[] {
  const value = (world: number, name: string, month: number): number | null => {
    const n = session.welcome?.measures.findIndex((m) => m.name === name) ?? -1;
    const found = session.frames[world]?.[month]?.measures[n];
    return found === undefined || Number.isNaN(found) ? null : found;
  };
  const state = (month: number): string =>
    Array.from({ length: session.worlds }, (_, w) =>
      say.stateIn(session.worlds > 1 ? "AB"[w] : "", percent(value(w, "participation", month)), percent(value(w, "manager_control", month))),
    ).join(" ");
  const told = new Map<number, string[]>();
  for (const h of happenings(session)) {
    const where = h.worlds && session.worlds > 1 ? ` (${h.worlds})` : "";
    told.set(h.month, [...(told.get(h.month) ?? []), `${h.label}${where}.`]);
  }
  for (let month = 0; month <= session.reached; month += 24) told.set(month, [...(told.get(month) ?? []), state(month)]);
  told.set(session.reached, [...(told.get(session.reached) ?? []), state(session.reached)]);
  return [...told]
    .filter(([month]) => month <= session.reached)
    .sort((a, b) => a[0] - b[0])
    .slice(0, MOST)
    .map(([month, texts]) => ({ month, text: [...new Set(texts)].join(" ").slice(0, LONGEST) }));
}
