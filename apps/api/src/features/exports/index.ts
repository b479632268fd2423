export { csvLine } from './csv-line.ts'
export { serveExports } from './exports.routes.ts'
