export { LocalPostgresError } from './local-postgres-error.ts'
export {
  findLocalPostgres,
  type LocalPostgres,
  type LocalPostgresOptions,
  openLocalPostgres,
  startLocalPostgres,
} from './start-local-postgres.ts'
export { startTestPostgres } from './start-test-postgres.ts'
