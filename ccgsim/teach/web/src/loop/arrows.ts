import type { ArrowInfo } from "../model/types";
import { say } from "../words";

/** One arrow of the circle as it stands in a month. */
export interface Arrow {
  id: string;
  level: number; // positive: vicious
  pull: number;
  lit: number; // 0 to 1
  quiet: boolean; // not at work
  says: string;
}

const SAYS: Record<string, string[]> = say.arrows; // vicious, then virtuous

/** Arrows read off a frame's numbers of the loop: levels first, then pulls. */
export function arrowsOf(loop: Float32Array | null, infos: ArrowInfo[]): Arrow[] {
  return infos.map((info, n) => {
    const level = loop && Number.isFinite(loop[n]) ? loop[n] : 0;
    const pull = loop && Number.isFinite(loop[infos.length + n]) ? loop[infos.length + n] : 0;
    const words = SAYS[info.id] ?? [info.to, info.to];
    return {
      id: info.id,
      level,
      pull,
      lit: Math.min(1, Math.abs(level) / info.full),
      quiet: Math.abs(level) <= info.quiet,
      says: words[level < -info.quiet ? 1 : 0],
    };
  });
}

/** The state of the whole circle: it turns where every arrow is at work in one direction, as the server tells it too. */
export function stateOf(arrows: Arrow[]): "quiet" | "vicious" | "virtuous" {
  if (!arrows.length || arrows.some((arrow) => arrow.quiet)) return "quiet";
  if (arrows.every((arrow) => arrow.level > 0)) return "vicious";
  return arrows.every((arrow) => arrow.level < 0) ? "virtuous" : "quiet";
}

/** The arrow that is most at work. */
export function strongest(arrows: Arrow[]): Arrow | null {
  return arrows.reduce<Arrow | null>((best, a) => (!best || a.lit > best.lit ? a : best), null);
}

/** The trigger, which lies outside the circle: participation lost because policy is less clear than at the start. */
export const WAITING = 12; // its place among the numbers of the loop
