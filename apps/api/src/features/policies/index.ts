export { servePolicies } from './policies.routes.ts'
