import type { Arrow } from "../loop/arrows";
import { strongest } from "../loop/arrows";
import { percent } from "../ui/words";
import { say } from "../words";

/** One sentence on the month shown, for the caption and the live region. */
export function caption(month: number, worlds: { letter: string; participation: number | null; control: number | null }[], arrows: Arrow[] | null): string {
  const [first, second] = worlds.map((world) => [percent(world.participation), percent(world.control)]);
  const most = arrows ? strongest(arrows) : null;
  const told = second ? say.lesson.captionOfTwo(month, first[0], first[1], second[0], second[1]) : say.lesson.caption(month, first[0], first[1]);
  return told + (most && !most.quiet ? say.lesson.strongest(most.says) : "");
}
