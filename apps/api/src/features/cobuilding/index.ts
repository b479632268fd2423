export { serveCobuilding } from './cobuilding.routes.ts'
export { addItem, closeProject, startProject } from './keep-items.ts'
