export { serveWorkbench } from './workbench.routes.ts'
