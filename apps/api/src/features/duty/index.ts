export { serveDuty } from './duty.routes.ts'
export { extendRosters } from './fill-roster.ts'
export { onDutyNow } from './on-duty-now.ts'
