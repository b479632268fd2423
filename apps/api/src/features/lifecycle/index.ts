export { serveLifecycle } from './lifecycle.routes.ts'
