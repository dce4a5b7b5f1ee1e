/** The scenes of the lesson: what each shows, and its words. Configurations, right answers and goals are the server's. */

import { say } from "../words";

export type Stage = "desk" | "network" | "loop" | "one" | "pair" | "when" | "puzzle" | "words";

interface Shown {
  stage: Stage;
  measures: string[]; // of the charts
  broker?: boolean; // mark the best-connected member
}

interface Told {
  short: string; // in the list of scenes
  title: string;
  says: string[];
  worlds?: string[];
  question?: string;
  options?: Record<string, string>;
}

export type Words = Shown & Told;

const CIRCLE = ["participation", "manager_control"];
const SHOWN: Record<string, Shown> = {
  one_gp: { stage: "desk", measures: ["participation"] },
  network: { stage: "network", measures: CIRCLE },
  loop: { stage: "loop", measures: CIRCLE },
  pressure: { stage: "pair", measures: [...CIRCLE, "efficacy"] },
  when: { stage: "when", measures: CIRCLE },
  broker: { stage: "pair", measures: ["outside_reach", "outside_share_top2", "stability"], broker: true },
  puzzle: { stage: "puzzle", measures: CIRCLE },
  own_words: { stage: "words", measures: [] },
  sandbox: { stage: "pair", measures: [] },
};
const TOLD: Record<string, Told> = say.scenes;

/** A scene; a plain one where the server knows a scene that the page does not. */
export function wordsOf(id: string, worlds: number): Words {
  const shown = SHOWN[id] ?? { stage: worlds > 1 ? "pair" : "one", measures: CIRCLE };
  return { ...shown, ...(TOLD[id] ?? { short: id, title: id, says: [] }) };
}

/** An option of a bet in words. */
export const labelOf = (words: Words, option: string): string => words.options?.[option] ?? option.replaceAll("_", " ");
