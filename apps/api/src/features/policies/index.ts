export { servePolicies } from './policies.routes.ts'
export { POLICIES_SET, replayedPolicies } from './replay-policies.ts'
