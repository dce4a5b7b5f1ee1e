import { isLink } from "../model/deeplink";
import type { Session } from "../model/session.svelte";
import { due, type Pending } from "./pending";
import type { ClassState } from "./types";

interface Kept {
  name: string;
  seat: string;
  pending: Pending | null;
}

const PLACE = "ccgsim-seat";
const NOBODY: Kept = { name: "", seat: "", pending: null };
export const AS_STUDENT = "#student"; // the lecturer tries what a student sees
export const ALONE = "#alone"; // a student goes through the lesson by herself

/** The class that plays together, as this page sees it. A student's name, seat and decision outlive a lost line. */
export class Class {
  state = $state.raw<ClassState | null>(null);
  private kept = recall();

  constructor(private readonly session: Session) {
    session.listen((message) => message.type === "class" && this.hear(message as unknown as ClassState));
  }

  get lecturer() {
    return this.state?.lecturer ?? null;
  }

  get student() {
    return this.state?.student ?? null;
  }

  /** Whether this page shows a student's place in the class instead of the lesson. */
  get joins(): boolean {
    if (!this.state) return false;
    return this.state.steers ? location.hash === AS_STUDENT : location.hash !== ALONE && !isLink(location.hash);
  }

  /** Takes the seat that this browser had before, if it had one. */
  comeBack(): void {
    if (this.kept.name) this.sit(this.kept.name);
  }

  sit(name: string): void {
    this.keep({ ...this.kept, name });
    this.session.send({ type: "sit", name, seat: this.kept.seat });
  }

  decide(turn: number, give: number): void {
    this.keep({ ...this.kept, pending: { turn, give } });
    this.session.send({ type: "decide", turn, give });
  }

  bet(scene: string, option: string): void {
    this.session.send({ type: "guess", scene, option });
  }

  /** A message of the lecturer's. */
  steer(type: string, more: Record<string, unknown> = {}): void {
    this.session.problems = [];
    this.session.send({ type, ...more });
  }

  private hear(state: ClassState): void {
    this.state = state;
    if (!state.seat) return;
    if (state.seat !== this.kept.seat) this.keep({ ...this.kept, seat: state.seat, pending: null });
    const pending = due(this.kept.pending, state.student?.board ?? null);
    if (pending) this.session.send({ type: "decide", ...pending });
    else if (this.kept.pending) this.keep({ ...this.kept, pending: null });
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    try {
      localStorage.setItem(PLACE, JSON.stringify(kept));
    } catch {
      // a forbidden storage: the seat lasts as long as the page
    }
  }
}

function recall(): Kept {
  try {
    return { ...NOBODY, ...JSON.parse(localStorage.getItem(PLACE) ?? "{}") };
  } catch {
    return NOBODY;
  }
}
