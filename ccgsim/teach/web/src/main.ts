import { mount } from "svelte";
import "./app.css";
import "./font.css";
import { Recording, type Files } from "./model/line/recording";
import { Server } from "./model/line/server";
import Page from "./Page.svelte";
import { theme } from "./ui/theme.svelte";
import { say } from "./words";

declare global {
  interface Window {
    ccgsimRecording?: Files; // put there by the scripts of a recorded copy
  }
}

const { ccgsimRecording: files } = window;
const model = files ? new Recording(files) : new Server(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);

// Without its style sheet, lost on the way, the page would be no use: it is asked for once more.
const dressed = getComputedStyle(document.documentElement).getPropertyValue("--paper") !== "";
const [arrival] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
if (dressed || arrival?.type === "reload") {
  theme.begin();
  document.documentElement.lang = say.language;
  document.title = say.title;
  mount(Page, { target: document.getElementById("app")!, props: { model } });
} else location.reload();
