export { approveGrant } from './answer-grant.ts'
export { serveGrants } from './grants.routes.ts'
export { requestGrant } from './request-grant.ts'
