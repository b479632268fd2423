export { useSession } from './session-store.ts'
