export { csvLine } from './csv-line.ts'
export { type Cell, findRaisers, raiserCells } from './export-issues.ts'
export { assertMayExport, serveExports } from './exports.routes.ts'
