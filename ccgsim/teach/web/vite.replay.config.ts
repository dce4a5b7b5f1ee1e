import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The replay player: one script and one style sheet that the server writes into a page of its own.
export default defineConfig({
  plugins: [svelte()],
  publicDir: false,
  build: {
    outDir: "../static",
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: "src/replay/main.ts", formats: ["iife"], name: "ccgsimReplay", fileName: () => "replay.js", cssFileName: "replay" },
  },
});
