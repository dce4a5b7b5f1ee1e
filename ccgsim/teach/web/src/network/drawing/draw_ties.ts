import type { Person } from "../../model/people";
import type { Frame } from "../../model/types";
import type { Palette } from "./palette";
import type { Place } from "./place";
import { sectors } from "./sectors";

const BEND = 0.22; // how far a tie leans towards the middle
const WEAK = 80;
const STRONG = 170;

function curve(ctx: CanvasRenderingContext2D, at: Place, from: number, to: number): void {
  const { x, y, centre } = at;
  const midX = (x[from] + x[to]) / 2;
  const midY = (y[from] + y[to]) / 2;
  ctx.moveTo(x[from], y[from]);
  ctx.quadraticCurveTo(midX + (centre[0] - midX) * BEND, midY + (centre[1] - midY) * BEND, x[to], y[to]);
}

/** 0 among others, 1 between the board and others, 2 within the board. */
function place_of_tie(people: readonly Person[], from: number, to: number): number {
  return (people[from].board ? 1 : 0) + (people[to].board ? 1 : 0);
}

const ALPHA = [
  [0.1, 0.18, 0.28],
  [0.2, 0.36, 0.55],
  [0.22, 0.38, 0.58],
];

function stroke(ctx: CanvasRenderingContext2D, colours: Palette, where: number, level: number): void {
  ctx.strokeStyle = where === 0 ? colours.tie : colours.tieBoard;
  ctx.globalAlpha = ALPHA[where][level];
  ctx.lineWidth = [0.7, 1, 1.6][level];
  ctx.stroke();
}

function drawSectors(ctx: CanvasRenderingContext2D, people: readonly Person[], at: Place, colours: Palette): void {
  ctx.lineWidth = 1;
  ctx.strokeStyle = colours.line;
  ctx.beginPath();
  ctx.arc(at.centre[0], at.centre[1], at.board, 0, 2 * Math.PI);
  ctx.stroke();
  for (const sector of sectors(people)) {
    ctx.beginPath();
    ctx.arc(at.centre[0], at.centre[1], at.reach + 9, sector.from, sector.to);
    ctx.strokeStyle = colours.kind[sector.kind];
    ctx.globalAlpha = 0.55;
    ctx.lineWidth = 2;
    ctx.stroke();
    ctx.globalAlpha = 1;
  }
}

/** The layer under the nodes: who asks whom for advice, thicker where contact is more frequent. */
export function drawTies(ctx: CanvasRenderingContext2D, people: readonly Person[], ties: Frame, at: Place, colours: Palette): void {
  drawSectors(ctx, people, at, colours);
  const classes: number[][] = Array.from({ length: 9 }, () => []);
  for (let n = 0; n < ties.seeker.length; n++) {
    const level = ties.strength[n] < WEAK ? 0 : ties.strength[n] < STRONG ? 1 : 2;
    classes[place_of_tie(people, ties.seeker[n], ties.adviser[n]) * 3 + level].push(n);
  }
  ctx.lineCap = "round";
  classes.forEach((members, n) => {
    if (!members.length) return;
    ctx.beginPath();
    for (const tie of members) curve(ctx, at, ties.seeker[tie], ties.adviser[tie]);
    stroke(ctx, colours, Math.floor(n / 3), n % 3);
  });
  ctx.globalAlpha = 1;
}

/** The ties of one person, over the others. */
export function drawTiesOf(ctx: CanvasRenderingContext2D, row: number, ties: Frame, at: Place, colours: Palette): void {
  ctx.strokeStyle = colours.ink;
  for (let n = 0; n < ties.seeker.length; n++) {
    if (ties.seeker[n] !== row && ties.adviser[n] !== row) continue;
    ctx.beginPath();
    curve(ctx, at, ties.seeker[n], ties.adviser[n]);
    ctx.lineWidth = 0.8 + (ties.strength[n] / 250) * 2.2;
    ctx.globalAlpha = 0.35 + (ties.strength[n] / 250) * 0.55;
    ctx.setLineDash(ties.adviser[n] === row ? [4, 3] : []);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}
