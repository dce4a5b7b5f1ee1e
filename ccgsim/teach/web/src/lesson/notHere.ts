import type { App } from "../model/app.svelte";
import type { Stage } from "./scenes";

/** What a recorded copy of the lesson does not hold of a scene; "" where nothing is missing. */
export function notHere(stage: Stage, app: App): string {
  const own = app.info?.config.seed;
  const elsewhere = app.session.config?.seed !== own;
  const help = app.session.config?.worlds[1]?.actions[0];
  const words: Partial<Record<Stage, string>> = {
    desk: "In this recorded copy your choices stand beside hers; what they lead to is computed by the lesson itself only.",
    network: elsewhere ? `Recorded here are the reasons of one GP. On seed ${own} you may choose anybody.` : "",
    when: `Recorded here is this help only, ${elsewhere ? `from month ${help?.month}. On seed ${own} there are other months too` : "from any of these months"}.`,
    puzzle: `In this recorded copy you act in month ${app.info?.goal?.at}: play or drag to it. There is one district.`,
    pair: "Recorded here are the districts, not the reasons of single people.",
  };
  return words[stage] ?? "";
}
