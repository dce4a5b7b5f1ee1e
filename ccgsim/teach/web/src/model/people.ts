import { FULL, ON_BOARD } from "./line/frame";
import type { Frame, KindName, Welcome } from "./types";

/** Somebody as a drawing or a list needs her. */
export interface Person {
  row: number; // in the frame
  key: number;
  kind: KindName;
  role: string; // of the seat held, "" without one
  board: boolean;
  locality: number; // -1 none
  x: number; // unit: the radius of the board, y up
  y: number;
}

/** The people of a frame, in its order. */
export function peopleOf(frame: Frame, welcome: Pick<Welcome, "kinds" | "roles">): Person[] {
  return Array.from(frame.key, (key, row) => ({
    row,
    key,
    kind: welcome.kinds[frame.kind[row]] as KindName,
    role: frame.role[row] === 0 ? "" : welcome.roles[frame.role[row]],
    board: (frame.flags[row] & ON_BOARD) !== 0,
    locality: frame.locality[row] === 255 ? -1 : frame.locality[row],
    x: frame.x[row] / 10_000,
    y: frame.y[row] / 10_000,
  }));
}

/** Participation by row, in [0, 1]. */
export const participationOf = (frame: Frame): Float32Array => Float32Array.from(frame.participation, (byte) => byte / FULL);
