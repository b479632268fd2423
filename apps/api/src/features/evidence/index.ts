export { BLOCK_LEAVES } from './evidence.queries.ts'
export { serveEvidence } from './evidence.routes.ts'
export { type Proof, proofFor } from './prove.ts'
export { sealCommunities, sealCommunity } from './seal-community.ts'
