/** The words of the lesson, by scene. Configurations, right answers and goals are the server's. */

export type Stage = "desk" | "network" | "loop" | "one" | "pair" | "puzzle" | "words";

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
  then?: string[]; // after the run: what it means
}

export const WORDS: Record<string, Words> = {
  one_gp: {
    short: "One GP",
    title: "You are one GP",
    says: [
      "You lead a practice. Part of your month could go into planning care for the whole district.",
      "Every half year: look at your desk, then say how much of that time you give. She, the GP in the model, decides too.",
    ],
    stage: "desk",
    measures: ["participation"],
    then: ["She did not become lazy. Less of what she said was followed, so less of her time seemed worth giving."],
  },
  network: {
    short: "Everyone",
    title: "You are not alone",
    says: [
      "This is your district. Lines show who asks whom for advice. The board sits in the ring in the middle.",
      "A GP's disc is the time she gives, the ring around it the time she could give. Managers' squares grow as they decide more.",
    ],
    stage: "network",
    measures: ["participation", "manager_control"],
    then: ["Discs shrink, squares grow. Nobody planned it. How does it happen?"],
  },
  loop: {
    short: "The circle",
    title: "The circle, in slow motion",
    says: ["Four arrows. Each lights up as far as the model measures it at work, in points against the start."],
    stage: "loop",
    measures: ["participation", "manager_control"],
    then: ["Each step is sensible for whoever takes it. Together they make a circle that feeds itself."],
  },
  pressure: {
    short: "Pressure",
    title: "One thing differs",
    says: ["The same people, the same chances, the same months. Only in B, from month 6, are managers pressed from above to take decisions themselves."],
    stage: "pair",
    measures: ["participation", "manager_control", "efficacy"],
    worlds: ["No pressure", "Pressure on managers"],
    question: "After five years, how much of their time do GPs give in B?",
    options: { b_higher: "More than in A", same: "About the same", b_lower: "A little less", b_much_lower: "Far less" },
    then: ["Good people in both. The difference is what they met with."],
  },
  too_late: {
    short: "Too late?",
    title: "Too little, too late",
    says: ["Four reforms are announced in the second and third year. Then the noise stops, and policy settles down. Only in B did the centre start to talk with GPs, in month 12."],
    stage: "pair",
    measures: ["uncertainty", "participation", "manager_control"],
    worlds: ["The shock passes", "The shock passes, with dialogue"],
    question: "The shock is over by year three. Which district comes through?",
    options: { both_recover: "Both come back", only_b_holds: "Only B", neither: "Neither" },
    then: ["Taking away what started the fall does not undo it. By then the circle keeps itself going.", "Dialogue in time kept doubt small, so in B the circle never closed."],
  },
  broker: {
    short: "The broker",
    title: "The one who knows everyone",
    says: ["In A, one member holds most of the ties to the outside. In B, several do. Then the best-connected member of each board leaves."],
    stage: "pair",
    measures: ["outside_reach", "ties_outside", "participation"],
    broker: true,
    worlds: ["One broker", "Several brokers"],
    question: "Which board loses more of its outside advisers?",
    options: { a_loses_more: "A loses more", same: "About the same", b_loses_more: "B loses more" },
    then: ["Where one person holds the ties, one exit takes them. Shared ties outlast a person."],
  },
  puzzle: {
    short: "Puzzle",
    title: "Hold it together",
    says: [],
    stage: "puzzle",
    measures: ["coherence", "participation", "manager_control"],
  },
  own_words: {
    short: "Your words",
    title: "Explain it in your own words",
    says: [
      "A colleague asks: why did the GPs pull back? Answer in a few sentences. Nothing you write leaves this machine.",
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

/** What each group does, for the network scene. */
/** An option of a bet in words. */
export const labelOf = (words: Words, option: string): string => words.options?.[option] ?? option.replaceAll("_", " ");

export const GROUPS: { id: string; label: string; says: string }[] = [
  { id: "all", label: "Everyone", says: "Everyone who plans care here, or is asked about it." },
  { id: "you", label: "You", says: "You, and those you ask or who ask you." },
  { id: "board", label: "The board", says: "The board decides. Chair, lead GPs, a manager or two, often a lay member." },
  { id: "GP", label: "GPs", says: "Each leads a practice. They know patients, and have little time." },
  { id: "PCTStaff", label: "Managers", says: "They hold the data, the contracts and the deadlines. They also answer to the centre." },
  { id: "Provider", label: "Hospitals and services", says: "Those from whom care is bought. What their care costs is hard to see." },
  { id: "PatientGroup", label: "Patient groups", says: "They say what people need. Few boards have a way of hearing it." },
  { id: "PolicyBody", label: "National and local bodies", says: "They set the rules, and change them." },
];
