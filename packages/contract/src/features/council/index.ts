import { agendaRoutes } from './agenda-routes.ts'
import { ballotRoutes } from './ballots.ts'
import { calendarRoutes } from './calendar.ts'
import { floorRoutes } from './floor.ts'
import { invitationRoutes } from './invitations.ts'
import { meetingRoutes } from './meetings.ts'
import { memberRoutes } from './members.ts'
import { minutesRoutes } from './minutes.ts'
import { motionRoutes } from './motions.ts'
import { proxyRoutes } from './proxies.ts'
import { seriesRoutes } from './series.ts'

export * from './agenda.ts'
export * from './agenda-routes.ts'
export * from './ballot-message.ts'
export * from './ballots.ts'
export * from './calendar.ts'
export * from './floor.ts'
export * from './invitations.ts'
export * from './meetings.ts'
export * from './members.ts'
export * from './minutes.ts'
export * from './motions.ts'
export * from './opinions.ts'
export * from './proposals.ts'
export * from './proxies.ts'
export * from './series.ts'
export * from './voting.ts'

export const councilRoutes = {
  ...meetingRoutes,
  ...agendaRoutes,
  ...memberRoutes,
  ...seriesRoutes,
  ...invitationRoutes,
  ...calendarRoutes,
  ...floorRoutes,
  ...motionRoutes,
  ...ballotRoutes,
  ...proxyRoutes,
  ...minutesRoutes,
}
