export { useDirectory } from './directory-store.ts'
