export { addUnit } from './add-unit.ts'

export { findUnit } from './units.queries.ts'
export { serveUnits } from './units.routes.ts'
