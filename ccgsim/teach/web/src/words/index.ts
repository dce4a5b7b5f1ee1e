/** What the page says: the words of one language, which is one file of this folder. */

import { en } from "./en";

export type Words = typeof en;
export const say: Words = en;
