import { type NewIssue, splitPublicId } from '@tongxin/contract'
import type { Action, Payload } from '@tongxin/lifecycle'
import { sql } from 'drizzle-orm'
import { ADVISORY_LOCKS } from '../db/advisory-locks.ts'
import { inTransaction, type Tx } from '../db/connect.ts'
import { issues } from '../db/schema/index.ts'
import type { Deps } from '../deps.ts'
import { type Door, raiseIssue, takeAction, takeSystemAction } from '../features/issues/index.ts'
import { findActor } from '../http/access.ts'
import type { Actor } from '../http/actor.ts'
import { handOver } from '../jobs/hand-over-jobs.ts'
import { loop } from '../loop.ts'
import { connectSystems } from './clients.ts'
import { buildTogether } from './cobuilding.ts'
import type { DemoDirectory } from './directory.ts'
import { registerTwice } from './doubles.ts'
import { handOverLastShift, keepRoster, lastChange } from './duty.ts'
import { holdEarlierMeeting } from './earlier-meeting.ts'
import { holdSitting } from './joint-office.ts'
import { answerDraws, JUDGED_MATTERS } from './judged-matters.ts'
import { type DemoMatter, SETTLED_MATTERS } from './matters.ts'
import { announceNextMeeting, foundSeries, holdMeeting } from './meetings.ts'
import { OPEN_MATTERS } from './open-matters.ts'
import { gatherOpinions } from './opinions.ts'
import { putMattersToOwners } from './owners-votes.ts'
import { photographed } from './pictures.ts'
import { buildingCode, COMMUNITY } from './places.ts'
import { showResults } from './publicity.ts'
import { changeSettings } from './settings.ts'
import { SHARED_WORK } from './shared-work.ts'
import { STREET_MATTERS } from './street.ts'
import { setUpTaskForce } from './task-force.ts'
import { equipUnits } from './unit-records.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Takes people through real actions, each at its own moment of the past. */
export interface Walk {
  tx: Tx
  door: Door
  actorOf(username: string): Promise<Actor>
  people: DemoDirectory['people']
  units: DemoDirectory['units']
  /** Moves the walk's clock on. */
  pass(milliseconds: number): void
  raise(
    username: string,
    body: Omit<NewIssue, 'community' | 'channel' | 'anonymous' | 'contactConsent' | 'photos'>,
    photos?: string[],
  ): Promise<string>
  /** @param sitting of the joint office, in which it is decided */
  take(username: string, id: string, action: Action, payload?: Payload, sitting?: string): Promise<void>
  close(id: string): Promise<void>
}

const startWalk = (tx: Tx, deps: Deps, { people, units }: DemoDirectory, start: number): Walk => {
  let at = start
  // No two looks at a clock tell the same moment.
  const door = loop({ ...deps, clock: { now: () => new Date(at++) } })
  const actorOf = async (username: string) => {
    const actor = await findActor(tx, people[username]!, deps.clock.now())
    if (!actor) throw new Error(`The demo has no ${username}`)
    return actor
  }
  return {
    tx,
    door,
    actorOf,
    people,
    units,
    pass: (milliseconds) => {
      at += milliseconds
    },
    raise: async (username, body, photos = []) => {
      const whole: NewIssue = {
        community: COMMUNITY,
        channel: 'hall',
        anonymous: false,
        contactConsent: true,
        photos,
        ...body,
      }
      return (await raiseIssue(tx, door, { actor: await actorOf(username), body: whole })).id
    },
    take: async (username, id, action, payload = {}, sitting) => {
      const command = { key: splitPublicId(id), action, payload, actor: await actorOf(username) }
      await takeAction(tx, door, sitting === undefined ? command : { ...command, sitting })
    },
    close: async (id) => {
      if (!(await takeSystemAction(tx, door, splitPublicId(id), 'close'))) throw new Error(`${id} does not close`)
    },
  }
}

/** The direct route from end to end, in about two weeks; `nth` of them all, no two at quite the same pace. */
const settle = async (walk: Walk, matter: DemoMatter, nth: number): Promise<void> => {
  const { title, body, kind, categoryCode, raiser, unit, publicTitle, publicText } = matter
  // Units without accounts are signed and answered for by an officer, whose work another publishes.
  const handler = unit === '滨江物业服务中心' ? 'unit_handler' : unit === '玉琳路城管中队' ? 'unit_handler2' : 'officer'
  const id = await walk.raise(raiser, { kind, title, body, regionCode: buildingCode(matter.building) })
  walk.pass((10 + ((nth * 37) % 100)) * MINUTE)
  await walk.take('grid_worker', id, 'contact', { method: 'phone', reached: true, text: '已电话核实情况。' })
  walk.pass((1 + ((nth * 3) % 11)) * HOUR)
  await walk.take('officer', id, 'accept', {
    categoryCode,
    urgency: 'ordinary',
    route: 'direct',
    publicTitle,
    publicText,
  })
  walk.pass(2 * HOUR)
  await walk.take('officer', id, 'dispatch', { leadUnitId: walk.units[unit] })
  walk.pass(HOUR)
  await walk.take(handler, id, 'sign')
  walk.pass((0.5 + ((nth * 5) % 9)) * DAY)
  await walk.take(handler, id, 'submit', {
    result: matter.result,
    outcomes: matter.outcomes.map(([key, amount]) => ({ key, amount })),
  })
  walk.pass(3 * HOUR)
  // A private matter may be somebody's home: it is looked at, not photographed.
  const photos = publicTitle === undefined ? [] : [await photographed(walk, 'grid_worker', 'path_mended')]
  await walk.take('grid_worker', id, 'verify', { finding: '现场查看，已按要求完成。', photos })
  walk.pass(2 * HOUR)
  await walk.take('officer2', id, 'publicize', { result: matter.result })
  walk.pass(DAY)
  await walk.take(raiser, id, 'evaluate', { level: matter.level, contacted: true, solved: 'yes' })
  await answerDraws(walk, id)
  // A private matter ends with its raiser's rating: nobody else is waited for.
  if (publicTitle === undefined) return
  walk.pass(12 * DAY)
  await walk.close(id)
}

// What a message would have said is long past; what is to be said later stays.
const FORGET_MESSAGES = sql`select graphile_worker.complete_jobs(
  array(select id from graphile_worker.jobs
    where task_identifier in ('tell_raisers', 'tell_invited', 'tell_attendees', 'tell_attendee', 'remind_owners')
      and run_at <= now()))`

// Nobody opens the console to find a year of reminders.
const READ_REMINDERS = sql`update inbox_items set read_at = made_at where made_at < now() - interval '3 days'`

/**
 * Fills the demo community's year: every record walked through the real actions, at moments of the past. All in one
 * transaction, once: a community that has matters is left alone.
 */
export async function seedRecords(deps: Deps, directory: DemoDirectory): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.demo})`)
    const [found] = await tx.select({ id: issues.id }).from(issues).limit(1)
    if (found) return
    const now = deps.clock.now().getTime()
    const first = now - (SETTLED_MATTERS.length * 8 + 20) * DAY
    for (const [i, matter] of SETTLED_MATTERS.entries()) {
      await settle(startWalk(tx, deps, directory, first + i * 8 * DAY), matter, i)
    }
    for (const { daysAgo, walk } of [...OPEN_MATTERS, ...JUDGED_MATTERS, ...SHARED_WORK, ...STREET_MATTERS]) {
      await walk(startWalk(tx, deps, directory, now - daysAgo * DAY))
    }
    await putMattersToOwners(startWalk(tx, deps, directory, now - 38 * DAY))
    await holdEarlierMeeting(startWalk(tx, deps, directory, now - 34 * DAY))
    await holdMeeting(startWalk(tx, deps, directory, now - 8 * DAY))
    await announceNextMeeting(startWalk(tx, deps, directory, now - DAY))
    await foundSeries(startWalk(tx, deps, directory, now - DAY / 2))
    await gatherOpinions(startWalk(tx, deps, directory, now - DAY / 2))
    await showResults(startWalk(tx, deps, directory, now - 4 * DAY))
    await setUpTaskForce(startWalk(tx, deps, directory, now - 20 * DAY))
    await holdSitting(startWalk(tx, deps, directory, now - 9 * DAY))
    await equipUnits(startWalk(tx, deps, directory, now - 2 * DAY))
    await buildTogether(startWalk(tx, deps, directory, now - 30 * DAY))
    await connectSystems(startWalk(tx, deps, directory, now - 12 * DAY))
    await changeSettings(startWalk(tx, deps, directory, now - 6 * DAY))
    await registerTwice(startWalk(tx, deps, directory, now - 300 * DAY))
    await keepRoster(startWalk(tx, deps, directory, now - 10 * DAY))
    await handOverLastShift(startWalk(tx, deps, directory, lastChange(now) - 10 * MINUTE))
    await handOver(tx)
    await tx.execute(FORGET_MESSAGES)
    await tx.execute(READ_REMINDERS)
  })
}
