import type { KindName } from "../../model/types";
import { KINDS } from "./shapes";

/** The colours of the page as the canvas needs them; read again when the theme changes. */
export interface Palette {
  kind: Record<KindName, string>;
  paper: string;
  panel: string;
  ink: string;
  muted: string;
  line: string;
  tie: string;
  tieBoard: string;
  accent: string;
  focus: string;
  font: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim() || "#888";
  const kind = Object.fromEntries(Object.entries(KINDS).map(([name, look]) => [name, colour(look.colour)]));
  return {
    kind: kind as Record<KindName, string>,
    paper: colour("--paper"),
    panel: colour("--panel"),
    ink: colour("--ink"),
    muted: colour("--muted"),
    line: colour("--line"),
    tie: colour("--tie"),
    tieBoard: colour("--tie-board"),
    accent: colour("--accent"),
    focus: colour("--focus"),
    font: style.fontFamily,
  };
}
