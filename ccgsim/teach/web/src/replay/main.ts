import { mount } from "svelte";
import "../app.css";
import { theme } from "../ui/theme.svelte";
import { inflate } from "../model/line/packed";
import { Replay } from "./decode";
import Player from "./Player.svelte";
import { say } from "../words";

async function begin(): Promise<void> {
  const target = document.getElementById("replay")!;
  theme.begin();
  try {
    const replay = new Replay(await inflate(document.getElementById("replay-data")!.textContent!));
    mount(Player, { target, props: { replay } });
  } catch (fault) {
    target.textContent = say.replay.broken(fault instanceof Error ? fault.message : String(fault));
  }
}
void begin();
