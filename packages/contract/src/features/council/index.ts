import { floorRoutes } from './floor.ts'
import { meetingRoutes } from './meetings.ts'
import { motionRoutes } from './motions.ts'

export * from './floor.ts'
export * from './meetings.ts'
export * from './motions.ts'

export const councilRoutes = { ...meetingRoutes, ...motionRoutes, ...floorRoutes }
