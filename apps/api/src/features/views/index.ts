export { serveViews } from './views.routes.ts'
