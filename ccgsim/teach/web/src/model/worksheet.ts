import type { Message } from "./model";
import { say } from "../words";

interface Student {
  words?: string;
  bets?: Record<string, string>[];
}

/** A recorded paper with what the student wrote and bet in its place: the server left names in braces there. */
export function filled(file: Message, { words = "", bets = [] }: Student): Message {
  const bytes = new TextEncoder().encode(written(file.data as string, words, bets));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { ...file, data: btoa(text) };
}

export function written(html: string, words: string, bets: Record<string, string>[]): string {
  const marked = html.indexOf("{question}");
  if (marked < 0) return html;
  const [from, to] = [html.lastIndexOf("<tr>", marked), html.indexOf("</tr>", marked) + "</tr>".length];
  const row = html.slice(from, to);
  const rows = bets.map((bet) => row.replace(/\{(question|said|happened)\}/g, (_, name) => escaped(bet[name] || say.coming)));
  const own = (part: string) => part.replace("{words}", () => escaped(words.trim()));
  return own(html.slice(0, from)) + rows.join("") + own(html.slice(to));
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
