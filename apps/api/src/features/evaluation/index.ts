export { serveEvaluation } from './evaluation.routes.ts'
export { evaluationStage } from './evaluation.stage.ts'
