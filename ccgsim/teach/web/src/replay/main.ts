import { mount } from "svelte";
import "../app.css";
import { theme } from "../ui/theme.svelte";
import { inflate } from "../model/line/packed";
import { Replay } from "./decode";
import Player from "./Player.svelte";

async function begin(): Promise<void> {
  const target = document.getElementById("replay")!;
  theme.begin();
  try {
    const replay = new Replay(await inflate(document.getElementById("replay-data")!.textContent!));
    mount(Player, { target, props: { replay } });
  } catch (fault) {
    target.textContent = `This replay cannot be shown: ${fault instanceof Error ? fault.message : fault}. A browser of 2023 or later is needed.`;
  }
}
void begin();
