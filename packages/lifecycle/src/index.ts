export * from './roles.ts'
export * from './states.ts'
export * from './policy.ts'
