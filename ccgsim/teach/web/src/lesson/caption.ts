import type { Arrow } from "../loop/arrows";
import { isQuiet, strongest } from "../loop/arrows";
import { capital, monthName, percent } from "../ui/words";

/** One sentence on the month shown, for the caption and the live region. */
export function caption(month: number, worlds: { letter: string; participation: number | null; control: number | null }[], arrows: Arrow[] | null): string {
  const when = capital(monthName(month));
  const parts = worlds.map((w) => `${w.letter ? `in ${w.letter} ` : ""}GPs give ${percent(w.participation)}, managers decide ${percent(w.control)}`);
  const most = arrows ? strongest(arrows) : null;
  const loop = most && !isQuiet(most) ? ` ${most.says}: the strongest arrow now.` : "";
  return `${when}: ${parts.join("; ")}.${loop}`;
}
