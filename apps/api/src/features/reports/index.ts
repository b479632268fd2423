export { makeReports, purgeReports } from './make-reports.ts'
export { serveReports } from './reports.routes.ts'
