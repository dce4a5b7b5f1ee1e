import type { ArrowInfo } from "../model/types";

/** One arrow of the circle as it stands in a month. */
export interface Arrow {
  id: string;
  level: number; // positive: vicious
  pull: number;
  lit: number; // 0 to 1
  says: string;
}

const SAYS: Record<string, [vicious: string, virtuous: string]> = {
  step_in: ["Managers step in", "Managers let go"],
  unheard: ["GPs are heard less", "GPs are heard more"],
  disbelief: ["Belief falls", "Belief grows"],
  hold_back: ["GPs hold back", "GPs step forward"],
};
const QUIET = 0.015;

/** Arrows read off a frame's numbers of the loop: levels first, then pulls. */
export function arrowsOf(loop: Float32Array | null, infos: ArrowInfo[]): Arrow[] {
  return infos.map((info, n) => {
    const level = loop && Number.isFinite(loop[n]) ? loop[n] : 0;
    const pull = loop && Number.isFinite(loop[infos.length + n]) ? loop[infos.length + n] : 0;
    const words = SAYS[info.id] ?? [info.to, info.to];
    return { id: info.id, level, pull, lit: Math.min(1, Math.abs(level) / info.full), says: words[level < -QUIET ? 1 : 0] };
  });
}

/** The state of the whole circle in a few words. */
export function stateOf(arrows: Arrow[]): "quiet" | "vicious" | "virtuous" {
  const mean = arrows.reduce((sum, a) => sum + Math.sign(a.level) * a.lit, 0) / Math.max(1, arrows.length);
  return mean > 0.15 ? "vicious" : mean < -0.15 ? "virtuous" : "quiet";
}

/** The arrow that is most at work. */
export function strongest(arrows: Arrow[]): Arrow | null {
  return arrows.reduce<Arrow | null>((best, a) => (!best || a.lit > best.lit ? a : best), null);
}

export const isQuiet = (arrow: Arrow): boolean => Math.abs(arrow.level) <= QUIET;
