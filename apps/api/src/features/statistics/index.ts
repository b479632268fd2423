export { countMatters } from './count-matters.ts'
export { serveStatistics } from './statistics.routes.ts'
export { MatterTally } from './tally-matter.ts'
export { entryKind, verifyCells } from './verify-statistics.ts'
