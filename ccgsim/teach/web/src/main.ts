import { mount } from "svelte";
import "./app.css";
import "./font.css";
import Page from "./Page.svelte";
import { theme } from "./ui/theme.svelte";

theme.begin();
mount(Page, { target: document.getElementById("app")! });
