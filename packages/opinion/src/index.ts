/** Groups of people who answer alike, what each says and what all share. Pure: no input or output, no library. */
export { adjustedRandIndex } from './agreement.ts'
export type { Answers } from './answers.ts'
export { type Basis, type MapSettings, mapOpinions, type OpinionGroup, type OpinionMap } from './map-opinions.ts'
