import type { Deps } from '../deps.ts'
import { deleteUnusedFiles, deleteUnusedPhoto } from '../features/attachments/index.ts'
import { applyCategoryChangeJob } from '../features/categories/index.ts'
import { type RecomputeOrder, recomputeClocks, recomputeForCalendar } from '../features/clocks/index.ts'
import {
  closeBallotJob,
  openBallotJob,
  prepareMeetings,
  remindInvited,
  sweepBallots,
  tellInvited,
  tellPrincipal,
} from '../features/council/index.ts'
import { tellMerged } from '../features/doubles/index.ts'
import { extendRosters } from '../features/duty/index.ts'
import { sealCommunities } from '../features/evidence/index.ts'
import { purgeImportFiles, runImportJob } from '../features/imports/index.ts'
import { purgeInbox } from '../features/inbox/index.ts'
import { type IssueKey, tellRaiser, tellRaisers, wakeIssues } from '../features/issues/index.ts'
import { tellAttendee, tellAttendees } from '../features/minutes/index.ts'
import { computeOpinionMap } from '../features/opinions/index.ts'
import { closeOwnersVote, remindOwners, tellOfHead, tellOwner } from '../features/owners/index.ts'
import { makeReports, purgeReports } from '../features/reports/index.ts'
import { sweepResting } from '../features/resting/index.ts'
import { purgeSignIns } from '../features/sessions/index.ts'
import { countMattersInPassing } from '../features/statistics/index.ts'
import { purgeIdempotencyKeys } from '../http/purge-idempotency-keys.ts'
import { loop } from '../loop.ts'
import { handOverJobs } from './hand-over-jobs.ts'
import { releaseAbandonedJobs } from './release-abandoned-jobs.ts'

/** One kind of job. It may run again after a crash, so it must come to the same end when it does. */
export type Task<Payload> = (deps: Deps, payload: Payload) => Promise<void>

/** Every kind of job by name; features add theirs here. */
export const tasks = {
  apply_category_change: applyCategoryChangeJob,
  close_ballot: (deps: Deps, key: IssueKey) => closeBallotJob(loop(deps), key),
  close_owners_vote: closeOwnersVote,
  compute_opinion_map: computeOpinionMap,
  count_matters: (deps: Deps, _: object) => countMattersInPassing(deps),
  delete_unused_files: deleteUnusedFiles,
  delete_unused_photo: deleteUnusedPhoto,
  make_reports: (deps: Deps, _: object) => makeReports(deps),
  extend_rosters: (deps: Deps, _: object) => extendRosters(deps),
  open_ballot: (deps: Deps, key: IssueKey) => openBallotJob(loop(deps), key),
  prepare_meetings: (deps: Deps, _: object) => prepareMeetings(loop(deps)),
  purge_idempotency_keys: purgeIdempotencyKeys,
  purge_import_files: purgeImportFiles,
  purge_inbox: purgeInbox,
  purge_reports: (deps: Deps, _: object) => purgeReports(deps),
  purge_sign_ins: purgeSignIns,
  recompute_clocks: (deps: Deps, order: RecomputeOrder) => recomputeClocks(loop(deps), order),
  recompute_for_calendar: (deps: Deps, _: object) => recomputeForCalendar(loop(deps)),
  release_abandoned_jobs: releaseAbandonedJobs,
  remind_invited: remindInvited,
  remind_owners: remindOwners,
  run_import: runImportJob,
  tell_invited: tellInvited,
  tell_attendee: tellAttendee,
  tell_attendees: tellAttendees,
  tell_owner: tellOwner,
  tell_merged: tellMerged,
  tell_of_head: tellOfHead,
  tell_principal: tellPrincipal,
  tell_raiser: tellRaiser,
  tell_raisers: tellRaisers,
  seal_communities: sealCommunities,
  sweep_resting: sweepResting,
  sweep_ballots: (deps: Deps, _: object) => sweepBallots(deps),
} satisfies Record<string, Task<never>>

export type TaskName = keyof typeof tasks
export type TaskPayload<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[1]

/** What is looked after all the time, the queue of jobs apart: by every worker, in pauses of so many milliseconds. */
export const rounds = [
  { name: 'handing over jobs', pauseMs: 200, round: handOverJobs },
  { name: 'waking issues', pauseMs: 1_000, round: (deps: Deps) => wakeIssues(loop(deps)) },
] as const

/** Minute, hour, day, month, weekday in UTC; see graphile-worker's crontab. Sealing: five past midnight in China; meetings: twenty past; deadlines after a
 * calendar that came with an update: twenty-five to one; rosters: twenty to; what rests: a quarter to; reports: five to. */
export const crontab = `
* * * * * release_abandoned_jobs
* * * * * count_matters
5 16 * * * seal_communities ?fill=1d
20 16 * * * prepare_meetings ?fill=1d
35 16 * * * recompute_for_calendar ?fill=1d
40 16 * * * extend_rosters ?fill=1d
45 16 * * * sweep_resting ?fill=1d
55 16 * * * make_reports ?fill=1d
12 * * * * purge_idempotency_keys
17 * * * * purge_import_files
27 3 * * * purge_sign_ins
41 3 * * * purge_inbox
51 3 * * * purge_reports
`
