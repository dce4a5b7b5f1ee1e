import type { KindName } from "../../model/types";
import { say } from "../../words";

export interface KindLook {
  letter: string;
  name: string; // one of them
  many: string;
  colour: string; // the custom property that holds it
  shape: "circle" | "square" | "triangle" | "diamond" | "star" | "hexagon";
}

/** A kind is told by shape and letter as well as by colour. */
export const KINDS: Record<KindName, KindLook> = {
  GP: { letter: "G", name: say.kinds.GP[0], many: say.kinds.GP[1], colour: "--gp", shape: "circle" },
  PCTStaff: { letter: "M", name: say.kinds.PCTStaff[0], many: say.kinds.PCTStaff[1], colour: "--manager", shape: "square" },
  Provider: { letter: "H", name: say.kinds.Provider[0], many: say.kinds.Provider[1], colour: "--provider", shape: "triangle" },
  PatientGroup: { letter: "P", name: say.kinds.PatientGroup[0], many: say.kinds.PatientGroup[1], colour: "--patient", shape: "diamond" },
  PolicyBody: { letter: "N", name: say.kinds.PolicyBody[0], many: say.kinds.PolicyBody[1], colour: "--policy", shape: "star" },
  Nurse: { letter: "S", name: say.kinds.Nurse[0], many: say.kinds.Nurse[1], colour: "--nurse", shape: "hexagon" },
};

type Point = [number, number];

function polygon(corners: number, turn: number, inner = 1): Point[] {
  const all = inner === 1 ? corners : corners * 2;
  return Array.from({ length: all }, (_, n) => {
    const angle = turn + (2 * Math.PI * n) / all;
    const far = inner !== 1 && n % 2 === 1 ? inner : 1;
    return [Math.cos(angle) * far, Math.sin(angle) * far];
  });
}

const UP = -Math.PI / 2;

/** Corners of each shape about the origin, sized to look as large as a circle of radius 1. */
export const CORNERS: Record<KindLook["shape"], Point[]> = {
  circle: [],
  square: polygon(4, Math.PI / 4).map(([x, y]) => [x * 1.22, y * 1.22]),
  triangle: polygon(3, UP).map(([x, y]) => [x * 1.35, y * 1.35 + 0.18]),
  diamond: polygon(4, UP).map(([x, y]) => [x * 1.25, y * 1.25]),
  star: polygon(5, UP, 0.48).map(([x, y]) => [x * 1.4, y * 1.4]),
  hexagon: polygon(6, UP).map(([x, y]) => [x * 1.12, y * 1.12]),
};

/** Adds a shape to a path. */
export function trace(path: CanvasRenderingContext2D | Path2D, shape: KindLook["shape"], x: number, y: number, r: number): void {
  if (shape === "circle") {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  CORNERS[shape].forEach(([cx, cy], n) => (n === 0 ? path.moveTo(x + cx * r, y + cy * r) : path.lineTo(x + cx * r, y + cy * r)));
  path.closePath();
}

/** The same as points of an SVG polygon. */
export function svgPoints(shape: KindLook["shape"], x: number, y: number, r: number): string {
  return CORNERS[shape].map(([cx, cy]) => `${(x + cx * r).toFixed(2)},${(y + cy * r).toFixed(2)}`).join(" ");
}
