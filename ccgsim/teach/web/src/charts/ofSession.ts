import type { Session } from "../model/session.svelte";
import type { Line, Mark } from "./types";

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
const TITLES: Record<string, string> = {
  participation: "Time GPs give",
  manager_control: "Decisions managers take",
  coherence: "Coherence: pulling the same way",
  stability: "Stability",
  efficacy: "GPs believe they count",
  uncertainty: "Policy uncertainty",
  outside_reach: "Outside advisers, against the start",
  ties_outside: "Ties to the outside",
};

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

/** Actions as marks, numbered over both worlds in the order of months: the same number, the same action. */
export function numbered(session: Session): { number: number; month: number; worlds: string; label: string }[] {
  const found = new Map<string, { month: number; worlds: string; label: string }>();
  (session.config?.worlds ?? []).forEach((world, w) =>
    world.actions.forEach((a) => {
      const key = `${a.month}/${a.action}/${a.value ?? ""}`;
      const label = session.welcome?.actions.find((info) => info.name === a.action)?.label ?? a.action;
      const letter = session.worlds > 1 ? "AB"[w] : "";
      found.set(key, { month: a.month, label, worlds: (found.get(key)?.worlds ?? "") + letter });
    }),
  );
  return [...found.values()].sort((a, b) => a.month - b.month).map((mark, n) => ({ ...mark, number: n + 1 }));
}

export function marksOf(session: Session): Mark[] {
  return numbered(session).map((m) => ({ month: m.month, text: `${m.number}${m.worlds}`, world: 0 }));
}

/** Range of a measure's axis: shares whole, everything else as its lines need. */
export function rangeOf(session: Session, measure: string): { low: number; high: number | null; unit: string } {
  const unit = session.measure(measure)?.unit ?? "share";
  return { low: 0, high: unit === "share" ? 1 : null, unit };
}
