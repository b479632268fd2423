export { serveResting } from './resting.routes.ts'
export { sweepResting } from './sweep-resting.ts'
