export { servePublicity } from './publicity.routes.ts'
