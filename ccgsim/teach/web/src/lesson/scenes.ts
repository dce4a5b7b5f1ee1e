/** The words of the lesson, by scene. Configurations, right answers and goals are the server's. */

export type Stage = "desk" | "network" | "loop" | "one" | "pair" | "when" | "puzzle" | "words";

export interface Words {
  short: string; // in the list of scenes
  title: string;
  says: string[];
  stage: Stage;
  measures: string[]; // of the charts
  worlds?: [string, string];
  broker?: boolean; // mark the best-connected member
  question?: string;
  options?: Record<string, string>;
}

export const WORDS: Record<string, Words> = {
  one_gp: {
    short: "One GP",
    title: "You in her chair",
    says: [
      "A GP leads a practice. Part of her month could go into planning care for the whole district.",
      "Every six months you say how much of that time you would give in her place. She, the GP in the model, decides for herself beside you.",
    ],
    stage: "desk",
    measures: ["participation"],
  },
  network: {
    short: "Everyone",
    title: "She is not alone",
    says: [
      "This is her district. Lines show who asks whom for advice. The board sits in the ring in the middle.",
      "A GP's disc is the time she gives, the ring around it the time she could give. Managers' squares grow as they decide more.",
    ],
    stage: "network",
    measures: ["participation", "manager_control"],
  },
  loop: {
    short: "The circle",
    title: "The circle, slowly",
    says: ["An arrow grows with its strength: how far it has moved since the start. The run stops as each one wakes."],
    stage: "loop",
    measures: ["participation", "manager_control"],
  },
  pressure: {
    short: "Pressure",
    title: "One thing differs",
    says: ["The same people, the same chances, the same months. Only in B, from month 6, are managers pressed from above to take decisions themselves."],
    stage: "pair",
    measures: ["participation", "manager_control", "efficacy"],
    worlds: ["No pressure", "Pressure on managers"],
    question: "In month 60, how much of their time do GPs give in B?",
    options: { b_higher: "More than in A", same: "About the same, within a tenth", b_lower: "Less, but more than half of A", b_much_lower: "Less than half of A" },
  },
  when: {
    short: "When?",
    title: "When would you act?",
    says: [
      "Reforms are announced; then policy settles down. In A nobody helps. In B you do: choose how, and from which month.",
      "A district has come back when GPs give more than half of what early help would have saved.",
    ],
    stage: "when",
    measures: ["participation", "manager_control"],
    worlds: ["Nobody helps", "You help"],
    question: "Until when does your help still bring this district back by month 120?",
    options: { no_month: "Never: it hardly matters", by_24: "Begun by month 24", by_60: "Begun by month 60", later: "Begun even later" },
  },
  broker: {
    short: "The broker",
    title: "The one who knows everyone",
    says: [],
    stage: "pair",
    measures: ["outside_reach", "outside_share_top2", "stability"],
    broker: true,
    worlds: ["Board A", "Board B"],
    question: "Which board loses more of its outside advisers in the month of the exit?",
    options: { a_loses_more: "A loses more", same: "About the same, within 5 points", b_loses_more: "B loses more" },
  },
  puzzle: {
    short: "Puzzle",
    title: "Keep them in",
    says: [],
    stage: "puzzle",
    measures: ["participation", "manager_control"],
  },
  own_words: {
    short: "Your words",
    title: "Explain it in your own words",
    says: [
      "A colleague asks what happened to these GPs, and why. Answer in a few sentences. What you write stays in this browser.",
      "Mind what the model does not show. Most of its numbers of behaviour are assumed, not measured. It shows how such a circle can arise and what could break it, not how often it did in England. The model card says more.",
    ],
    stage: "words",
    measures: [],
  },
  sandbox: { short: "Sandbox", title: "Sandbox", says: [], stage: "pair", measures: [] },
};

/** Words of a scene; plain ones where the server knows a scene that the page does not. */
export function wordsOf(id: string, worlds: number): Words {
  return WORDS[id] ?? { short: id, title: id, says: [], stage: worlds > 1 ? "pair" : "one", measures: ["participation", "manager_control"] };
}

/** An option of a bet in words. */
export const labelOf = (words: Words, option: string): string => words.options?.[option] ?? option.replaceAll("_", " ");

/** What each group does, for the network scene. */
export const GROUPS: { id: string; label: string; says: string }[] = [
  { id: "all", label: "Everyone", says: "Everyone who plans care here, or is asked about it." },
  { id: "you", label: "The GP", says: "The GP of scene 1, those whom she asks and those who ask her." },
  { id: "board", label: "The board", says: "The board decides. Chair, lead GPs, a manager or two, often a lay member." },
  { id: "GP", label: "GPs", says: "Each leads a practice. They know patients, and have little time." },
  { id: "PCTStaff", label: "Managers", says: "They hold the data, the contracts and the deadlines. They also answer to the centre." },
  { id: "Provider", label: "Hospitals and services", says: "Those from whom care is bought. What their care costs is hard to see." },
  { id: "PatientGroup", label: "Patient groups", says: "They say what people need. Few boards have a way of hearing it." },
  { id: "PolicyBody", label: "National and local bodies", says: "They set the rules, and change them." },
];
