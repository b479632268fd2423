export { countMatters } from './count-matters.ts'
export { MatterTally } from './tally-matter.ts'
export { entryKind, verifyCells } from './verify-statistics.ts'
