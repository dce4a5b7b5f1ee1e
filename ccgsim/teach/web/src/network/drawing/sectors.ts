import type { Person } from "../../model/people";
import type { KindName } from "../../model/types";

export interface Sector {
  kind: KindName;
  locality: number;
  from: number; // canvas angles, clockwise from the right
  to: number;
}

const angle_of = (p: Person) => Math.atan2(-p.y, p.x);

/** Where each group stands around the board: kinds together, practices by locality. */
export function sectors(people: readonly Person[]): Sector[] {
  const groups = new Map<string, Person[]>();
  for (const p of people) {
    if (p.board) continue;
    const key = `${p.kind}/${p.kind === "GP" ? p.locality : -1}`;
    groups.set(key, [...(groups.get(key) ?? []), p]);
  }
  return [...groups.values()].map((members) => {
    const first = angle_of(members[0]);
    // Turns are taken from the first member, so that a group may lie across the cut at 180 degrees.
    const turns = members.map((p) => {
      const turn = angle_of(p) - first;
      return turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn;
    });
    const { kind, locality } = members[0];
    return { kind, locality: kind === "GP" ? locality : -1, from: first + Math.min(...turns) - 0.02, to: first + Math.max(...turns) + 0.02 };
  });
}
