export { serveDoubles } from './doubles.routes.ts'
export { tellMerged } from './tell-merged.ts'
