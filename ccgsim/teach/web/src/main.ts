import { mount } from "svelte";
import "./app.css";
import "./font.css";
import Page from "./Page.svelte";
import { theme } from "./ui/theme.svelte";

// Without its style sheet, lost on the way, the page would be no use: it is asked for once more.
const dressed = getComputedStyle(document.documentElement).getPropertyValue("--paper") !== "";
const [arrival] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
if (dressed || arrival?.type === "reload") {
  theme.begin();
  mount(Page, { target: document.getElementById("app")! });
} else location.reload();
