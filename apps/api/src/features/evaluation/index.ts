export { serveEvaluation } from './evaluation.routes.ts'
export { evaluationStage } from './evaluation.stage.ts'
export { serveJudging } from './judging.routes.ts'
export {
  replayedAttempts,
  replayedCalls,
  replayedContests,
  replayedObjections,
  replayedRatings,
} from './replay-judgements.ts'
