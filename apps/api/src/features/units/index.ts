export { addUnit } from './add-unit.ts'
export { openUnitPhone } from './unit-phone.ts'
export { findDuties, findUnit } from './units.queries.ts'
export { serveUnits } from './units.routes.ts'
