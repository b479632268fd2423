export { serveOffice } from './office.routes.ts'
export { officeStage } from './office.stage.ts'
