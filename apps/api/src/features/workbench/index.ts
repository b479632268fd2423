export { worksIn } from './workbench.policy.ts'
export { findMarks } from './workbench.queries.ts'
export { serveWorkbench } from './workbench.routes.ts'
