import type { Session } from "../model/session.svelte";
import type { Line, Mark } from "./types";
import { say } from "../words";

const COLOURS: Record<string, string> = {
  participation: "--gp",
  participation_board: "--gp",
  efficacy: "--gp",
  manager_control: "--manager",
  coherence: "--coherence",
  stability: "--stability",
  knowledge_mobility: "--policy",
  uncertainty: "--policy",
};
const TITLES: Record<string, string> = say.measures;

export const colourOf = (measure: string): string => COLOURS[measure] ?? "--accent";
export const titleOf = (session: Session, measure: string): string => TITLES[measure] ?? session.measure(measure)?.label ?? measure;

/** Worlds A and B of a measure: B dashed, so that colour need not tell them apart. */
export function linesOf(session: Session, measure: string): Line[] {
  return Array.from({ length: session.worlds }, (_, w) => ({
    label: session.worlds > 1 ? "AB"[w] : "",
    values: session.series(w, measure),
    colour: colourOf(measure),
    dash: w === 1 ? [6, 4] : undefined,
  }));
}

export interface Happening {
  month: number;
  worlds: string; // letters, "" with one world
  label: string;
  action: boolean; // of the person, not of the scenario
}

/** What happens in the worlds, in the order of months: the same thing in both worlds is told once. */
export function happenings(session: Session): Happening[] {
  const found = new Map<string, Happening>();
  (session.config?.worlds ?? []).forEach((world, w) => {
    const letter = session.worlds > 1 ? "AB"[w] : "";
    const own = (session.own[w] ?? []).flatMap(([month, text]) => text.split("; ").map((event) => ({ month, label: eventWords(event), action: false })));
    const done = world.actions.map((a) => ({ month: a.month, label: labelOf(session, a.action), action: true }));
    for (const each of [...own, ...done]) {
      const key = `${each.month}/${each.label}`;
      found.set(key, { ...each, worlds: (found.get(key)?.worlds ?? "") + letter });
    }
  });
  return [...found.values()].sort((a, b) => a.month - b.month);
}

const EVENTS: Record<string, string> = say.charts.events;

/** The scenario's own events in a student's words. */
const eventWords = (event: string): string => EVENTS[event.replace(/^announcement \S+$/, "announcement")] ?? event;

/** An action in the server's words. */
export const labelOf = (session: Session, action: string): string => session.welcome?.actions.find((info) => info.name === action)?.label ?? action;

/** Lines in charts: actions are numbered as in their list; the scenario's own events are dots. */
export function marksOf(session: Session): Mark[] {
  let number = 0;
  return happenings(session).map((h) => ({ month: h.month, text: h.action ? `${++number}${h.worlds}` : "•" }));
}

/** Range of a measure's axis: shares whole, everything else as its lines need. */
export function rangeOf(session: Session, measure: string): { low: number; high: number | null; unit: string } {
  const unit = session.measure(measure)?.unit ?? "share";
  return { low: 0, high: unit === "share" ? 1 : null, unit };
}
