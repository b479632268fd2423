export { BLOCK_LEAVES } from './evidence.queries.ts'
export { serveEvidence } from './evidence.routes.ts'
export { proofFor } from './prove.ts'
export { sealCommunities } from './seal-community.ts'
