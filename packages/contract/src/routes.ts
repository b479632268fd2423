import { accountRoutes } from './features/accounts.ts'
import { attachmentRoutes } from './features/attachments.ts'
import { categoryRoutes } from './features/categories.ts'
import { clientRoutes } from './features/clients.ts'
import { clockRoutes } from './features/clocks.ts'
import { cobuildingRoutes } from './features/cobuilding.ts'
import { councilRoutes, opinionRoutes } from './features/council/index.ts'
import { doublesRoutes } from './features/doubles.ts'
import { dutyRoutes } from './features/duty.ts'
import { evaluationRoutes } from './features/evaluation.ts'
import { evidenceRoutes } from './features/evidence.ts'
import { exportRoutes } from './features/exports.ts'
import { grantRoutes } from './features/grants.ts'
import { householdRoutes } from './features/households.ts'
import { importRoutes } from './features/imports.ts'
import { inboxRoutes } from './features/inbox.ts'
import { intakeRoutes } from './features/intake.ts'
import { issueActionRoutes, issueRoutes } from './features/issues.ts'
import { judgingRoutes } from './features/judging.ts'
import { lifecycleRoutes } from './features/lifecycle.ts'
import { newsRoutes } from './features/news.ts'
import { officeRoutes } from './features/office.ts'
import { ownersRoutes } from './features/owners/index.ts'
import { peopleRoutes } from './features/people.ts'
import { phraseRoutes } from './features/phrases.ts'
import { policyRoutes } from './features/policies.ts'
import { publicityRoutes } from './features/publicity.ts'
import { regionRoutes } from './features/regions.ts'
import { reportRoutes } from './features/reports.ts'
import { residentRoutes } from './features/residents.ts'
import { restingRoutes } from './features/resting.ts'
import { sessionRoutes } from './features/sessions.ts'
import { settingChangeRoutes } from './features/setting-changes.ts'
import { sittingRoutes } from './features/sittings.ts'
import { statisticsRoutes } from './features/statistics/index.ts'
import { streetRoutes } from './features/street.ts'
import { taskForceRoutes } from './features/task-forces.ts'
import { unitRoutes } from './features/units.ts'
import { viewRoutes } from './features/views.ts'
import { workbenchRoutes } from './features/workbench.ts'
import type { RouteContract } from './route.ts'

/** Every operation of the API, by feature. */
export const routes = {
  attachments: attachmentRoutes,
  sessions: sessionRoutes,
  accounts: accountRoutes,
  issues: issueRoutes,
  issueActions: issueActionRoutes,
  intake: intakeRoutes,
  lifecycle: lifecycleRoutes,
  council: councilRoutes,
  opinions: opinionRoutes,
  office: officeRoutes,
  taskForces: taskForceRoutes,
  sittings: sittingRoutes,
  evaluation: evaluationRoutes,
  judging: judgingRoutes,
  publicity: publicityRoutes,
  regions: regionRoutes,
  categories: categoryRoutes,
  settingChanges: settingChangeRoutes,
  clocks: clockRoutes,
  evidence: evidenceRoutes,
  exports: exportRoutes,
  people: peopleRoutes,
  doubles: doublesRoutes,
  households: householdRoutes,
  owners: ownersRoutes,
  residents: residentRoutes,
  units: unitRoutes,
  duty: dutyRoutes,
  cobuilding: cobuildingRoutes,
  grants: grantRoutes,
  clients: clientRoutes,
  policies: policyRoutes,
  phrases: phraseRoutes,
  imports: importRoutes,
  statistics: statisticsRoutes,
  street: streetRoutes,
  inbox: inboxRoutes,
  workbench: workbenchRoutes,
  news: newsRoutes,
  views: viewRoutes,
  resting: restingRoutes,
  reports: reportRoutes,
}

export type Routes = typeof routes

const byFeature: Readonly<Record<string, Readonly<Record<string, RouteContract>>>> = routes

export const allRoutes: readonly RouteContract[] = Object.values(byFeature).flatMap((feature) => Object.values(feature))
