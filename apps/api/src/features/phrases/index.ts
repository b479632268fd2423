export { servePhrases } from './phrases.routes.ts'
