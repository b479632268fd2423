import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { serveRoll } from './roll.routes.ts'

export { replayedRulings, replayedTitles } from './replay-roll.ts'

export function serveOwners(app: FastifyInstance, deps: Deps): void {
  serveRoll(app, deps)
}
