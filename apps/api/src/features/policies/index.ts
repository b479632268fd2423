export { servePolicies } from './policies.routes.ts'
export { PolicyDirectory } from './policy-directory.ts'
