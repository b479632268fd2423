export { serveClocks } from './clocks.routes.ts'
export { type RecomputeOrder, recomputeClocks, recomputeForCalendar } from './recompute-clocks.ts'
