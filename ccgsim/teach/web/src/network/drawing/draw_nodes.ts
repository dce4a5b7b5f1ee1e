import type { Person } from "../../model/people";
import type { KindName } from "../../model/types";
import type { Palette } from "./palette";
import type { Place } from "./place";
import { KINDS, trace } from "./shapes";

/** What nodes show now: participation by row [0, 1], and the managers' share of decisions. */
export interface Showing {
  participation: Float32Array;
  control: number;
  dim: (p: Person) => boolean; // those who are not spoken of now
  letters: boolean;
}

const LEVELS = 8;
const SOLID = 0.28; // participation from which a disc is large enough to bear a letter
const LEAST_CONTROL = 0.2; // managers' range in the model
const CONTROL_RANGE = 0.65;

/** How far managers have stepped in, 0 to 1, over the range that the model gives them. */
export const steppedIn = (control: number) => Math.max(0, Math.min(1, (control - LEAST_CONTROL) / CONTROL_RANGE));

/** Radius at which somebody is drawn. */
export function radius(p: Person, at: Place, control: number): number {
  const seat = p.board ? 1.3 : 1;
  if (p.kind === "GP") return at.unit * seat;
  if (p.kind === "PCTStaff") {
    const size = at.unit * seat * (0.5 + 0.95 * steppedIn(control));
    return p.board ? size : Math.min(size, at.crowd * 0.56);
  }
  return at.unit * 0.8 * seat;
}

function fillGroup(ctx: CanvasRenderingContext2D, colour: string, alpha: number, draw: () => void): void {
  ctx.fillStyle = colour;
  ctx.globalAlpha = alpha;
  ctx.beginPath();
  draw();
  ctx.fill();
}

/** GPs: the ring is the time she could give, the disc inside the time she gives. */
function drawGPs(ctx: CanvasRenderingContext2D, rows: Person[], at: Place, now: Showing, colours: Palette, faint: number): void {
  const colour = colours.kind.GP;
  fillGroup(ctx, colours.panel, 0.92, () => rows.forEach((p) => trace(ctx, "circle", at.x[p.row], at.y[p.row], radius(p, at, 0))));
  for (let level = 0; level < LEVELS; level++) {
    const inLevel = rows.filter((p) => Math.min(LEVELS - 1, Math.floor(now.participation[p.row] * LEVELS)) === level);
    if (!inLevel.length) continue;
    const share = (level + 0.5) / LEVELS;
    ctx.beginPath();
    for (const p of inLevel) trace(ctx, "circle", at.x[p.row], at.y[p.row], radius(p, at, 0));
    ctx.globalAlpha = (0.35 + 0.5 * share) * faint;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.setLineDash(share < 0.3 ? [1.5, 2] : []);
    ctx.stroke();
    ctx.setLineDash([]);
    fillGroup(ctx, colour, (0.45 + 0.55 * share) * faint, () => {
      for (const p of inLevel) trace(ctx, "circle", at.x[p.row], at.y[p.row], radius(p, at, 0) * Math.sqrt(now.participation[p.row]) * 0.94);
    });
  }
}

function drawKind(ctx: CanvasRenderingContext2D, kind: KindName, rows: Person[], at: Place, now: Showing, colours: Palette, faint: number): void {
  const strength = kind === "PCTStaff" ? 0.6 + 0.4 * steppedIn(now.control) : 0.9;
  ctx.beginPath();
  for (const p of rows) trace(ctx, KINDS[kind].shape, at.x[p.row], at.y[p.row], radius(p, at, now.control));
  ctx.globalAlpha = 1;
  ctx.fillStyle = colours.panel;
  ctx.fill();
  ctx.fillStyle = colours.kind[kind];
  ctx.globalAlpha = strength * faint;
  ctx.fill();
  ctx.strokeStyle = colours.panel;
  ctx.lineWidth = 1;
  ctx.globalAlpha = faint;
  ctx.stroke();
}

function drawLetters(ctx: CanvasRenderingContext2D, people: readonly Person[], at: Place, now: Showing, colours: Palette): void {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colours.panel;
  ctx.lineWidth = 2.5;
  for (const p of people) {
    const r = radius(p, at, now.control);
    if (r < 5 || now.dim(p)) continue;
    const solid = p.kind !== "GP" || now.participation[p.row] >= SOLID;
    ctx.font = `700 ${Math.max(7, r * 1.15).toFixed(1)}px ${colours.font}`;
    ctx.fillStyle = solid ? colours.panel : colours.kind[p.kind];
    const y = at.y[p.row] + (p.kind === "Provider" ? r * 0.2 : r * 0.06);
    if (!solid) ctx.strokeText(KINDS[p.kind].letter, at.x[p.row], y); // a pale edge parts it from the little disc
    ctx.fillText(KINDS[p.kind].letter, at.x[p.row], y);
  }
}

/** The upper layer: everybody, over the ties. */
export function drawNodes(ctx: CanvasRenderingContext2D, people: readonly Person[], at: Place, now: Showing, colours: Palette): void {
  for (const faded of [true, false]) {
    const faint = faded ? 0.16 : 1;
    for (const kind of Object.keys(KINDS) as KindName[]) {
      const rows = people.filter((p) => p.kind === kind && now.dim(p) === faded);
      if (!rows.length) continue;
      if (kind === "GP") drawGPs(ctx, rows, at, now, colours, faint);
      else drawKind(ctx, kind, rows, at, now, colours, faint);
    }
  }
  if (now.letters) drawLetters(ctx, people, at, now, colours);
  ctx.globalAlpha = 1;
}

/** Who decides, in the middle of the board: the managers' share of decisions as an arc from the top. */
export function drawControl(ctx: CanvasRenderingContext2D, at: Place, control: number, colours: Palette): void {
  const [x, y] = at.centre;
  const r = at.board * 0.46;
  const top = -Math.PI / 2;
  const end = top + 2 * Math.PI * control;
  ctx.beginPath();
  ctx.arc(x, y, r * 1.22, 0, 2 * Math.PI);
  ctx.fillStyle = colours.panel;
  ctx.globalAlpha = 0.94;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.lineWidth = Math.max(3, r * 0.2);
  ctx.lineCap = "butt";
  ctx.beginPath();
  ctx.arc(x, y, r, end + 0.05, top + 2 * Math.PI - 0.05);
  ctx.strokeStyle = colours.kind.GP;
  ctx.globalAlpha = 0.35;
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.beginPath();
  ctx.arc(x, y, r, top, end);
  ctx.strokeStyle = colours.kind.PCTStaff;
  ctx.stroke();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colours.kind.PCTStaff;
  ctx.font = `720 ${(r * 0.62).toFixed(1)}px ${colours.font}`;
  ctx.fillText(`${Math.round(control * 100)}%`, x, y + r * 0.04);
}

/** The person chosen or pointed at: a ring, and a name where there is room. */
export function drawRing(ctx: CanvasRenderingContext2D, p: Person, at: Place, control: number, colour: string, width: number): void {
  ctx.beginPath();
  ctx.arc(at.x[p.row], at.y[p.row], radius(p, at, control) + 4, 0, 2 * Math.PI);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

/** The best-connected board member: a double ring and a word. */
export function drawBrokers(ctx: CanvasRenderingContext2D, brokers: Person[], at: Place, colours: Palette): void {
  ctx.strokeStyle = ctx.fillStyle = colours.focus;
  ctx.font = `700 ${Math.max(11, at.unit * 1.4)}px ${colours.font}`;
  ctx.textBaseline = "middle";
  for (const p of brokers) {
    const [x, y] = [at.x[p.row], at.y[p.row]];
    for (const [far, width] of [[3, 2], [7, 1.2]]) {
      ctx.beginPath();
      ctx.arc(x, y, radius(p, at, 0.5) + far, 0, 2 * Math.PI);
      ctx.lineWidth = width;
      ctx.stroke();
    }
    const left = x < at.centre[0];
    ctx.textAlign = left ? "right" : "left";
    ctx.lineWidth = 4;
    ctx.strokeStyle = colours.panel;
    const edge = x + (left ? -1 : 1) * (radius(p, at, 0.5) + 12);
    ctx.strokeText("broker", edge, y);
    ctx.fillText("broker", edge, y);
    ctx.strokeStyle = colours.focus;
  }
}
