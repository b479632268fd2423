export { ApiProblem, type ProblemCode, unreachable } from './api-problem.ts'
export type { BodyField } from './body-field.ts'
export { type CallResult, type Client, type ClientSettings, createClient, type Reply } from './client.ts'
export { type ClientRoute, routes } from './routes.ts'
