export { serveResidents } from './residents.routes.ts'
