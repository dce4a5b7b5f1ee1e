import type { Person } from "../../model/people";
import type { Place } from "./place";

/** The person nearest to a point, within `reach` pixels. */
export function nearest(people: readonly Person[], at: Place, x: number, y: number, reach: number): Person | null {
  let best: Person | null = null;
  let least = reach * reach;
  for (const p of people) {
    const far = (at.x[p.row] - x) ** 2 + (at.y[p.row] - y) ** 2;
    if (far < least) [best, least] = [p, far];
  }
  return best;
}

const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The next person in the direction of an arrow key; the first of the board where nobody is chosen. */
export function next(people: readonly Person[], at: Place, from: Person | null, key: string): Person | null {
  const way = WAYS[key];
  if (!way) return null;
  if (!from) return people.find((p) => p.board) ?? people[0] ?? null;
  let best: Person | null = null;
  let least = Infinity;
  for (const p of people) {
    const dx = at.x[p.row] - at.x[from.row];
    const dy = at.y[p.row] - at.y[from.row];
    const along = dx * way[0] + dy * way[1];
    if (along < 2) continue;
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    const cost = along + 2.2 * aside;
    if (cost < least) [best, least] = [p, cost];
  }
  return best;
}
