export { replayedSupervisions, replayedWhistles } from './replay-street.ts'
export { serveStreet } from './street.routes.ts'
export { streetStage } from './street.stage.ts'
