import type { Person } from "../../model/people";

/** How places in the layout become pixels. */
export interface Place {
  x: Float32Array;
  y: Float32Array;
  centre: [number, number];
  board: number; // radius of the board's circle
  reach: number; // radius of the whole drawing
  unit: number; // radius of a node
  crowd: number; // least distance between two managers off the board
}

function leastGap(people: readonly Person[], scale: number): number {
  const managers = people.filter((p) => p.kind === "PCTStaff" && !p.board);
  let least = Infinity;
  managers.forEach((a, n) => managers.slice(n + 1).forEach((b) => (least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y)))));
  return least * scale;
}

/** Places of all people in a box, the board's circle in the middle. */
export function place(people: readonly Person[], width: number, height: number): Place {
  const far = people.reduce((most, p) => Math.max(most, Math.hypot(p.x, p.y)), 0.5);
  const reach = Math.max(10, Math.min(width, height) / 2 - 14);
  const scale = reach / far;
  const centre: [number, number] = [width / 2, height / 2];
  const onBoard = people.filter((p) => p.board);
  const ring = onBoard.length ? onBoard.reduce((sum, p) => sum + Math.hypot(p.x, p.y), 0) / onBoard.length : far / 2.75;
  const crowd = Math.sqrt((Math.PI * reach * reach) / Math.max(people.length, 20));
  return {
    x: Float32Array.from(people, (p) => centre[0] + p.x * scale),
    y: Float32Array.from(people, (p) => centre[1] - p.y * scale),
    centre,
    board: ring * scale,
    reach,
    crowd: leastGap(people, scale),
    unit: Math.max(3, Math.min(11, crowd * 0.265)),
  };
}
