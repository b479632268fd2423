export { firstClock } from './first-clock.ts'
