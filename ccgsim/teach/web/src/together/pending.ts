/** A decision that is on its way: kept in the browser until the server has it. */

export interface Pending {
  turn: number;
  give: number;
}

interface Due {
  turn: number;
  over: boolean;
  decided: number | null;
}

/** What is still to be sent, given where the board stands; null where it has arrived or its half year is over. */
export function due(pending: Pending | null, board: Due | null): Pending | null {
  if (!pending || !board || board.over || pending.turn !== board.turn || board.decided === pending.give) return null;
  return pending;
}
