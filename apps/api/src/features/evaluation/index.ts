export { serveEvaluation } from './evaluation.routes.ts'
export { evaluationStage } from './evaluation.stage.ts'
export { replayedAttempts, replayedContests, replayedObjections, replayedRatings } from './replay-judgements.ts'
