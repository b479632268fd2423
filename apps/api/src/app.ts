import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Deps } from './deps.ts'
import { guardNumber, serveAccounts } from './features/accounts/index.ts'
import { serveAttachments } from './features/attachments/index.ts'
import { serveCategories } from './features/categories/index.ts'
import { serveClients } from './features/clients/index.ts'
import { serveClocks } from './features/clocks/index.ts'
import { serveCobuilding } from './features/cobuilding/index.ts'
import { serveCouncil } from './features/council/index.ts'
import { serveDoubles } from './features/doubles/index.ts'
import { serveDuty } from './features/duty/index.ts'
import { serveEvaluation, serveJudging } from './features/evaluation/index.ts'
import { serveEvidence } from './features/evidence/index.ts'
import { serveExports } from './features/exports/index.ts'
import { serveGrants } from './features/grants/index.ts'
import { serveHouseholds } from './features/households/index.ts'
import { serveImports } from './features/imports/index.ts'
import { serveInbox } from './features/inbox/index.ts'
import { serveIntake } from './features/intake/index.ts'
import { mayReadPhoto, serveIssues } from './features/issues/index.ts'
import { serveLifecycle } from './features/lifecycle/index.ts'
import { serveMinutes } from './features/minutes/index.ts'
import { serveNews } from './features/news/index.ts'
import { serveOffice } from './features/office/index.ts'
import { serveOpinions } from './features/opinions/index.ts'
import { serveOwners } from './features/owners/index.ts'
import { servePeople } from './features/people/index.ts'
import { servePhrases } from './features/phrases/index.ts'
import { servePolicies } from './features/policies/index.ts'
import { servePublicity } from './features/publicity/index.ts'
import { serveRegions } from './features/regions/index.ts'
import { serveReports } from './features/reports/index.ts'
import { serveResidents } from './features/residents/index.ts'
import { serveResting } from './features/resting/index.ts'
import { serveSessions } from './features/sessions/index.ts'
import { serveSettingChanges } from './features/setting-changes/index.ts'
import { serveSittings } from './features/sittings/index.ts'
import { serveStatistics } from './features/statistics/index.ts'
import { serveStreet } from './features/street/index.ts'
import { serveTaskForces } from './features/task-forces/index.ts'
import { serveUnits } from './features/units/index.ts'
import { serveViews } from './features/views/index.ts'
import { serveWorkbench } from './features/workbench/index.ts'
import { Access } from './http/access.ts'
import { logAnswers } from './http/access-log.ts'
import { authenticateRequests } from './http/authentication.ts'
import { ClientAccess } from './http/client-access.ts'
import { handleErrors, sendProblem, toAppError } from './http/errors.ts'
import { serveHealth } from './http/health.ts'
import { keepRawBody } from './http/raw-body.ts'
import { serveReference } from './http/reference.ts'
import { secureHeaders } from './http/secure-headers.ts'
import { serveWebApps } from './http/web-apps.ts'
import { loop } from './loop.ts'

/** A feature's public door: puts its routes on the app. */
export type Feature = (app: FastifyInstance, deps: Deps) => void | Promise<void>

/** The table of contents. */
const features: Record<string, Feature> = {
  attachments: (app, deps) => serveAttachments(app, deps, mayReadPhoto(deps)),
  sessions: serveSessions,
  accounts: serveAccounts,
  issues: (app, deps) => serveIssues(app, loop(deps)),
  intake: serveIntake,
  lifecycle: serveLifecycle,
  evidence: serveEvidence,
  exports: serveExports,
  council: (app, deps) => serveCouncil(app, loop(deps)),
  opinions: serveOpinions,
  minutes: serveMinutes,
  clocks: serveClocks,
  office: serveOffice,
  taskForces: serveTaskForces,
  sittings: serveSittings,
  evaluation: serveEvaluation,
  judging: serveJudging,
  publicity: servePublicity,
  regions: serveRegions,
  categories: serveCategories,
  settingChanges: serveSettingChanges,
  people: (app, deps) => servePeople(app, deps, guardNumber(deps)),
  doubles: serveDoubles,
  households: serveHouseholds,
  owners: serveOwners,
  residents: serveResidents,
  units: serveUnits,
  duty: serveDuty,
  cobuilding: serveCobuilding,
  grants: serveGrants,
  clients: serveClients,
  policies: servePolicies,
  phrases: servePhrases,
  imports: serveImports,
  statistics: serveStatistics,
  street: serveStreet,
  inbox: serveInbox,
  workbench: serveWorkbench,
  news: serveNews,
  views: serveViews,
  resting: serveResting,
  reports: serveReports,
}

const JSON_LIMIT_BYTES = 1_048_576

/** The whole HTTP application, ready to listen or to be injected into; `close()` leaves the pool to its owner. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: deps.config.trustProxy,
    bodyLimit: JSON_LIMIT_BYTES,
    frameworkErrors: (error, request, reply) => void sendProblem(toAppError(error), request, reply),
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
  })
  const access = new Access(deps)
  await app.register(cookie)
  await app.register(jwt, { secret: deps.config.secret })
  await app.register(multipart)
  keepRawBody(app)
  authenticateRequests(app, deps, access, new ClientAccess(deps))
  handleErrors(app)
  secureHeaders(app, deps)
  logAnswers(app, deps)
  for (const feature of Object.values(features)) {
    await app.register(async (scope) => feature(scope, deps))
  }
  serveHealth(app, deps)
  await serveReference(app)
  await serveWebApps(app, deps)
  app.addHook('onClose', () => deps.announcements.close())
  await deps.announcements.listen()
  return app
}
