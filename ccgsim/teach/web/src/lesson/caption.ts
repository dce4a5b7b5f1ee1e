import type { Arrow } from "../loop/arrows";
import { strongest } from "../loop/arrows";
import { capital, monthName, percent } from "../ui/words";

/** One sentence on the month shown, for the caption and the live region. */
export function caption(month: number, worlds: { letter: string; participation: number | null; control: number | null }[], arrows: Arrow[] | null): string {
  const when = capital(monthName(month));
  const [first, second] = worlds;
  const start = `GPs give ${percent(first.participation)}, managers decide ${percent(first.control)}`;
  const parts = second ? `in A ${start}; in B ${percent(second.participation)} and ${percent(second.control)}` : start;
  const most = arrows ? strongest(arrows) : null;
  const loop = most && !most.quiet ? ` ${most.says}: the strongest arrow now.` : "";
  return `${when}: ${parts}.${loop}`;
}
