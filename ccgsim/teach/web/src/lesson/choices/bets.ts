import { titleOf } from "../../charts/ofSession";
import type { App } from "../../model/app.svelte";
import type { Session } from "../../model/session.svelte";
import { percent } from "../../ui/words";
import { labelOf, wordsOf } from "../scenes";
import { say } from "../../words";

export interface BetTold {
  id: string;
  title: string;
  question: string;
  said: string;
  truth: string; // "" until the run was played to its end
  right: boolean;
  saw: string;
}

/** The bets placed so far, in the order of the lesson. */
export function betsTold(app: App): BetTold[] {
  return app.scenes.flatMap((scene) => {
    const placed = app.bets[scene.id];
    if (!scene.bet || !placed) return [];
    const words = wordsOf(scene.id, 2);
    const { option, truth, saw } = placed;
    return [{ id: scene.id, title: words.title, question: words.question ?? words.title, said: labelOf(words, option), truth: truth && labelOf(words, truth), right: option === truth, saw }];
  });
}

/** A measure from the start to the end of the run shown, in every world. */
export function fromStartToEnd(session: Session, measure: string): string {
  const share = session.measure(measure)?.unit === "share";
  const told = (value: number | null): string => (value === null ? "–" : share ? percent(value) : String(Math.round(value * 100) / 100));
  const worlds = Array.from({ length: session.worlds }, (_, w) => {
    const values = session.series(w, measure);
    return say.bet.saw("AB"[w], told(values[0]), told(values[values.length - 1]));
  });
  return `${titleOf(session, measure)}: ${worlds.join(", ")}`;
}

/** What a worksheet holds of the student: bets with what happened, and the explanation. */
export const ofStudent = (app: App): { words: string; bets: { question: string; said: string; happened: string }[] } => ({
  words: app.words,
  bets: betsTold(app).map(({ question, said, truth, right, saw }) => ({ question, said, happened: truth && say.bet.told(right, truth, saw) })),
});
