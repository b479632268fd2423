export { approveGrant } from './answer-grant.ts'
export { serveGrants } from './grants.routes.ts'
export { GRANTS_OF_TENANTS, replayedGrant } from './replay-grants.ts'
export { requestGrant } from './request-grant.ts'
