export { serveIntake } from './intake.routes.ts'
