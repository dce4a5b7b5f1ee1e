/** What the browser keeps of a student between visits: nothing of it leaves the machine, and one button clears it. */

import type { Choice } from "../lesson/choices/choices";
import type { Config } from "./types";

export interface Bet {
  option: string; // of the scene's options
  truth: string; // the option that came true, "" before the end of the run
  saw: string; // what the run showed at its end
}

export interface Kept {
  config: Config | null; // the run shown last
  month: number; // the month shown last
  bets: Record<string, Bet>; // by scene
  words: string;
  choices: Choice[]; // in the GP's chair
}

const PLACE = "ccgsim-lesson";
const NOTHING: Kept = { config: null, month: 0, bets: {}, words: "", choices: [] };

/** What was kept; what cannot be read counts as nothing. */
export function recall(store: Pick<Storage, "getItem"> | null = here()): Kept {
  try {
    const found = JSON.parse(store?.getItem(PLACE) ?? "{}");
    return found && typeof found === "object" && !Array.isArray(found) ? { ...NOTHING, ...found } : NOTHING;
  } catch {
    return NOTHING;
  }
}

export function keep(kept: Kept, store: Pick<Storage, "setItem"> | null = here()): void {
  try {
    store?.setItem(PLACE, JSON.stringify(kept));
  } catch {
    // a full or forbidden storage: the visit goes on without
  }
}

export function forget(): void {
  try {
    here()?.removeItem(PLACE);
  } catch {
    // nothing was kept
  }
}

/** The browser's storage; null where a page may have none. */
function here(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
