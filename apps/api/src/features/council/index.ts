export { serveCouncil } from './council.routes.ts'
export { councilStage } from './council.stage.ts'
