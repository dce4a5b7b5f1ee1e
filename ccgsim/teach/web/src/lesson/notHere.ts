import type { App } from "../model/app.svelte";
import type { Stage } from "./scenes";
import { say } from "../words";

/** What a recorded copy of the lesson does not hold of a scene; "" where nothing is missing. */
export function notHere(stage: Stage, app: App): string {
  const own = app.info?.config.seed;
  const elsewhere = app.session.config?.seed !== own;
  const help = app.session.config?.worlds[1]?.actions[0];
  const words: Partial<Record<Stage, string>> = {
    desk: say.copy.desk,
    network: elsewhere ? say.copy.network(own!) : "",
    when: elsewhere && help ? say.copy.whenElsewhere(help.month, own!) : say.copy.when,
    puzzle: say.copy.puzzle(app.info?.goal?.at ?? 0),
    pair: say.copy.pair,
  };
  return words[stage] ?? "";
}
