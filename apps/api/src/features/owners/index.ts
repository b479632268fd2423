import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../deps.ts'
import { serveHeadProxies } from './proxies.routes.ts'
import { serveRoll } from './roll.routes.ts'
import { serveOwnersVotes } from './votes.routes.ts'

export { appointProxy } from './appoint-proxy.ts'
export { closeOwnersVote, countByStaff } from './count-vote.ts'
export { enterPaper } from './enter-paper.ts'
export { importRoll } from './import-roll.ts'
export { postVote } from './post-vote.ts'
export { listOverlaps } from './read-overlaps.ts'
export { replayedRuledFlats, replayedRulings, replayedTitles } from './replay-roll.ts'
export { replayedOwnersVotes } from './replay-votes.ts'
export { readShare } from './roll-values.ts'
export { ruleOverlap } from './rule-overlap.ts'
export { tellOfHead } from './tell-of-head.ts'
export { remindOwners, tellOwner } from './tell-owners.ts'
export { verifyOwnersVotes } from './verify-owners-votes.ts'
export { voteAsOwner } from './vote-as-owner.ts'
export type { VoteKey } from './votes.queries.ts'

export function serveOwners(app: FastifyInstance, deps: Deps): void {
  serveRoll(app, deps)
  serveOwnersVotes(app, deps)
  serveHeadProxies(app, deps)
}
