import { ballotRoutes } from './ballots.ts'
import { floorRoutes } from './floor.ts'
import { meetingRoutes } from './meetings.ts'
import { motionRoutes } from './motions.ts'
import { proxyRoutes } from './proxies.ts'

export * from './ballots.ts'
export * from './floor.ts'
export * from './meetings.ts'
export * from './motions.ts'
export * from './proxies.ts'
export * from './voting.ts'

export const councilRoutes = { ...meetingRoutes, ...motionRoutes, ...floorRoutes, ...ballotRoutes, ...proxyRoutes }
