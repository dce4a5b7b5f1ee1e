/** Every visible word of the page stands in one file a language: nothing elsewhere, nothing unused. */

import { parse } from "svelte/compiler";
import { expect, test } from "vitest";
import { say } from ".";

const sources = import.meta.glob<string>(["../**/*.svelte", "../**/*.ts", "!../**/*.test.ts", "!../words/*.ts"], { query: "?raw", import: "default", eager: true });
const files = Object.entries(sources).map(([name, text]) => ({ name, text }));

type Node = { type: string; name?: string; [part: string]: unknown };
const SHOWN = ["title", "alt", "placeholder", "label", "aria-label", "aria-valuetext", "description", "meaning"]; // attributes
const SEVERAL = /[a-z]{2,} [a-z(]| [a-z]{2,} /i;
const CAPITAL = /^[A-Z][a-z]{2,}$/;

/** The texts of a parsed source that a reader would see. */
function texts(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(texts);
  const here = node as Node | null;
  if (!here || typeof here.type !== "string") return [];
  const says = (text: string, ...looks: RegExp[]): string[] => (looks.some((look) => look.test(text)) ? [text] : []);
  if (/^(StyleSheet|StyleDirective|TS|Import)/.test(here.type)) return [];
  if (here.type === "Text") return says(here.data as string, /[a-z]{2,}/i);
  if (here.type === "Attribute" && !SHOWN.includes(here.name!)) return texts([here.value].flat().filter((part) => (part as Node)?.type !== "Text"));
  if (here.type === "BinaryExpression" && /^[=!]==?$/.test(here.operator as string)) return []; // compared, not shown
  if (here.type === "Property") return texts(here.value);
  if (here.type === "NewExpression") return texts((here.arguments as Node[]).filter((part) => part.type !== "Literal")); // a fault of the code
  if (here.type === "Literal") return typeof here.value === "string" ? says(here.value, SEVERAL, CAPITAL) : [];
  if (here.type === "TemplateElement") return says((here.value as { raw: string }).raw, SEVERAL);
  return Object.entries(here).flatMap(([part, value]) => (part === "metadata" ? [] : texts(value)));
}
const textsOf = (source: string): string[] => texts(parse(source, { modern: true }));

test.each([
  ["<p>Press play</p>", "Press play"],
  ['<button title="Reset">{x}</button>', "Reset"],
  ['<p>{on ? "Pause" : ""}</p>', "Pause"],
  ["<p>{`${x} of ${y}`}</p>", " of "],
  ['<script lang="ts">const NAMES = { a: "Two stories" };</script>', "Two stories"],
])("a text is found where it stands: %s", (source, text) => expect(textsOf(source)).toEqual([text]));

test.each(files)("$name says nothing of its own", ({ name, text }) => {
  expect(textsOf(name.endsWith(".svelte") ? text : `<script lang="ts">${text}</script>`)).toEqual([]);
});

/** Paths of all words; a table of them that is looked up by a name counts as one. */
function paths(table: object, above: string): string[] {
  return Object.entries(table).flatMap(([name, value]) => {
    const path = `${above}.${name}`;
    return typeof value === "object" && !Array.isArray(value) && !lookedUp(path) ? paths(value, path) : [path];
  });
}
const all = files.map(({ text }) => text).join("\n");
const lookedUp = (path: string): boolean => new RegExp(`${path.replaceAll(".", "\\.")}(?![\\w.])`).test(all);

test("no word is unused", () => {
  expect(paths(say, "say").filter((path) => !lookedUp(path))).toEqual([]);
});
