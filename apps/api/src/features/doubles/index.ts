export { serveDoubles } from './doubles.routes.ts'
