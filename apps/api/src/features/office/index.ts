export { findFitUnits } from './office.queries.ts'
export { serveOffice } from './office.routes.ts'
export { officeStage } from './office.stage.ts'
export { replayedOrders } from './replay-orders.ts'
