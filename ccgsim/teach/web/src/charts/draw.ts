import type uPlot from "uplot";
import type { Flag, Line, Mark, Ribbon } from "./types";

/** Everything that a chart shows besides its lines. */
export interface Extras {
  lines: Line[];
  marks: Mark[];
  flags: Flag[];
  ribbons: Ribbon[];
  goal: number | null;
  cursor: number;
  format: (value: number) => string;
  colour: (name: string) => string;
  font: string;
  scale: number; // of type: more than 1 in lecture mode
}

const px = () => window.devicePixelRatio || 1;

function lastOf(values: (number | null)[]): [number, number] | null {
  for (let n = values.length - 1; n >= 0; n--) {
    const value = values[n];
    if (value !== null) return [n, value];
  }
  return null;
}

/** Names the lines at their ends, so that no legend is needed; labels that would meet step apart. */
export function drawEnds(u: uPlot, x: Extras): void {
  const { ctx } = u;
  const size = 12 * x.scale * px();
  const ends = x.lines.flatMap((line) => {
    const last = lastOf(line.values);
    if (!last) return [];
    const at = u.valToPos(last[1], "y", true);
    return [{ line, x: u.valToPos(last[0], "x", true), y: at, label: at, text: `${line.label} ${x.format(last[1])}`.trim() }];
  });
  ends.sort((a, b) => a.y - b.y);
  for (let n = 1; n < ends.length; n++) ends[n].label = Math.max(ends[n].label, ends[n - 1].label + size * 1.15);
  const floor = u.bbox.top + u.bbox.height - size * 0.4;
  for (let n = ends.length - 1; n >= 0; n--) {
    const most = n === ends.length - 1 ? floor : ends[n + 1].label - size * 1.15;
    ends[n].label = Math.min(ends[n].label, most);
  }
  ctx.save();
  ctx.font = `700 ${size}px ${x.font}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const end of ends) {
    ctx.fillStyle = x.colour(end.line.colour);
    ctx.beginPath();
    ctx.arc(end.x, end.y, 3 * px(), 0, 2 * Math.PI);
    ctx.fill();
    ctx.fillText(end.text, end.x + 7 * px(), end.label);
  }
  ctx.restore();
}

/** Dated actions: a fine line and a number that the list of marks explains. */
export function drawMarks(u: uPlot, x: Extras): void {
  const { ctx } = u;
  ctx.save();
  ctx.strokeStyle = x.colour("--mark");
  ctx.fillStyle = x.colour("--muted");
  ctx.font = `700 ${11 * x.scale * px()}px ${x.font}`;
  ctx.textAlign = "center";
  ctx.lineWidth = px();
  ctx.setLineDash([2 * px(), 3 * px()]);
  const drawn = new Map<number, string[]>();
  for (const mark of x.marks) {
    const said = drawn.get(mark.month) ?? [];
    if (!said.includes(mark.text)) drawn.set(mark.month, [...said, mark.text]);
  }
  for (const [month, texts] of drawn) {
    const left = u.valToPos(month, "x", true);
    ctx.beginPath();
    ctx.moveTo(left, u.bbox.top);
    ctx.lineTo(left, u.bbox.top + u.bbox.height);
    ctx.stroke();
    const room = left - u.bbox.left > 12 * px();
    ctx.textAlign = room ? "center" : "left";
    ctx.fillText(texts.join(" "), room ? left : left + 3 * px(), u.bbox.top - 4 * px());
  }
  ctx.restore();
}

export function drawRibbons(u: uPlot, x: Extras): void {
  const { ctx } = u;
  ctx.save();
  for (const ribbon of x.ribbons) {
    const here = ribbon.low.map((_, n) => n).filter((n) => ribbon.low[n] !== null && ribbon.high[n] !== null);
    const trace = (values: (number | null)[], months: number[]) => months.forEach((n) => ctx.lineTo(u.valToPos(n, "x", true), u.valToPos(values[n]!, "y", true)));
    ctx.beginPath();
    trace(ribbon.high, here);
    trace(ribbon.low, [...here].reverse());
    ctx.closePath();
    ctx.globalAlpha = 0.13;
    ctx.fillStyle = x.colour(ribbon.colour);
    ctx.fill();
    ctx.globalAlpha = 0.7;
    ctx.strokeStyle = x.colour(ribbon.colour);
    ctx.lineWidth = px();
    ctx.setLineDash(ribbon.dash.map((d) => d * px()));
    for (const edge of [ribbon.low, ribbon.high]) {
      ctx.beginPath();
      trace(edge, here);
      ctx.stroke();
    }
  }
  ctx.restore();
}

export function drawGoal(u: uPlot, x: Extras): void {
  if (x.goal === null) return;
  const { ctx } = u;
  const y = u.valToPos(x.goal, "y", true);
  ctx.save();
  ctx.strokeStyle = x.colour("--focus");
  ctx.lineWidth = 2 * px();
  ctx.setLineDash([6 * px(), 4 * px()]);
  ctx.beginPath();
  ctx.moveTo(u.bbox.left, y);
  ctx.lineTo(u.bbox.left + u.bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** The month shown, and bets, which stay where they were placed. */
export function drawCursor(u: uPlot, x: Extras): void {
  const { ctx } = u;
  const left = u.valToPos(x.cursor, "x", true);
  ctx.save();
  ctx.strokeStyle = x.colour("--ink");
  ctx.globalAlpha = 0.55;
  ctx.lineWidth = px();
  ctx.beginPath();
  ctx.moveTo(left, u.bbox.top);
  ctx.lineTo(left, u.bbox.top + u.bbox.height);
  ctx.stroke();
  ctx.globalAlpha = 1;
  for (const flag of x.flags) drawFlag(u, x, flag);
  ctx.restore();
}

function drawFlag(u: uPlot, x: Extras, flag: Flag): void {
  const { ctx } = u;
  const r = 6 * px();
  const at = [u.valToPos(flag.month, "x", true), u.valToPos(flag.value, "y", true)];
  ctx.beginPath();
  ctx.moveTo(at[0], at[1] - r);
  ctx.lineTo(at[0] + r, at[1]);
  ctx.lineTo(at[0], at[1] + r);
  ctx.lineTo(at[0] - r, at[1]);
  ctx.closePath();
  ctx.fillStyle = x.colour("--raised");
  ctx.fill();
  ctx.lineWidth = 2 * px();
  ctx.strokeStyle = x.colour("--focus");
  ctx.stroke();
  ctx.fillStyle = x.colour("--focus");
  ctx.font = `700 ${11.5 * x.scale * px()}px ${x.font}`;
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  ctx.fillText(flag.text, at[0] - 10 * px(), at[1]);
}
