export { type Verified, verifyRecord } from './verify-record.ts'
