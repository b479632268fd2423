import { dutyRoutes, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { scopeOf } from '../issues/index.ts'
import { openName } from '../people/index.ts'
import type { RegionTree } from '../regions/index.ts'
import { assertMayManage, assertWorksFor, mayManage, worksFor } from './duty.policy.ts'
import { presentHandOver, presentMatter, presentShift, toWatch } from './duty.present.ts'
import {
  findOnDuty,
  findPlan,
  findShift,
  isNamed,
  listDue,
  listRosterPeople,
  listShifts,
  listWatched,
  regionsOf,
  setNamed,
  type Where,
} from './duty.queries.ts'
import { findHandOver, type HandOverRow, listHandOvers } from './hand-over.queries.ts'
import { confirm, handOverDuty, SOON_MS } from './hand-over.ts'
import { gapsIn } from './plan-shifts.ts'
import { setPlan, unfit } from './set-plan.ts'
import { addShift, standInFor } from './stand-in.ts'

const DAY = 86_400_000
const MOST_DAYS = 45
const midnight = (day: string, days = 0) => new Date(Date.parse(`${day}T00:00:00+08:00`) + days * DAY).toISOString()

export function serveDuty(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock, directory } = deps

  const placeOf = (tree: RegionTree, community: string): Where => ({ community, regions: regionsOf(tree, community) })
  /** Of somebody who works for the community. */
  const at = async (actor: Actor, community: string) => {
    const tree = await directory.regions.tree()
    assertWorksFor(tree, actor, community)
    return { tree, where: placeOf(tree, community), now: clock.now(), personId: personOf(actor) }
  }
  const shiftAt = async (on: Queryable, actor: Actor, publicId: string) => {
    const { communityCode, id } = splitPublicId(publicId)
    const place = await at(actor, communityCode)
    const shift = await findShift(on, place.where, place.now, id)
    if (!shift) throw new AppError('not_found')
    return { ...place, shift }
  }
  const titles = (tree: RegionTree, actor: Actor, community: string) => {
    const scope = scopeOf(actor, tree, community, false)
    return (gridCode: string | null) =>
      scope.kind === 'all' || gridCode === null || (scope.kind === 'grids' && scope.grids.includes(gridCode))
  }
  const readPlan = async (on: Queryable, actor: Actor, community: string) => {
    const { tree, where, now, personId } = await at(actor, community)
    const plan = await findPlan(on, community)
    const people = await listRosterPeople(on, where, now)
    const version = plan?.version ?? 0
    const body = {
      community,
      phone: plan?.phone ?? null,
      pattern: plan?.pattern ?? null,
      people: people.map((person) => ({ id: person.id, name: openName(cipher, person) })),
      named: await isNamed(on, community, personId),
      mayManage: mayManage(tree, actor, community),
      version,
    }
    return answer(body, { version })
  }
  const readShift = async (on: Queryable, where: Where, id: string, personId: string) => {
    const row = await findShift(on, where, clock.now(), id)
    if (!row) throw new AppError('not_found')
    return answer(presentShift(cipher, where.community, row, personId), { version: row.version })
  }
  const readerOf = (tree: RegionTree, actor: Actor, community: string) => ({
    personId: personOf(actor),
    manages: mayManage(tree, actor, community),
  })
  const handOvers = async (on: Queryable, tree: RegionTree, actor: Actor, community: string, rows: HandOverRow[]) => {
    const ids = [...new Set(rows.flatMap(({ matters }) => matters.map(({ issueId }) => issueId)))]
    const matters = new Map((await listWatched(on, community, ids)).map((row) => [row.id, row]))
    const reader = { ...readerOf(tree, actor, community), seesTitle: titles(tree, actor, community) }
    return (row: HandOverRow) => presentHandOver(cipher, community, row, reader, matters)
  }
  const readHandOver = async (on: Queryable, tree: RegionTree, actor: Actor, community: string, shiftId: string) => {
    const row = await findHandOver(on, placeOf(tree, community), clock.now(), shiftId)
    if (!row) throw new AppError('not_found')
    return (await handOvers(on, tree, actor, community, [row]))(row)
  }

  serve(app, deps, dutyRoutes.readOnDuty, async ({ db, actor, params: { code } }) => {
    const tree = await directory.regions.tree()
    if (tree.get(code)?.level !== 'community') throw new AppError('not_found')
    const row = await findOnDuty(db, placeOf(tree, code), clock.now())
    const told = row && (row.named || worksFor(tree, actor, code))
    return {
      phone: (await findPlan(db, code))?.phone ?? null,
      onDuty: row !== undefined,
      kind: row?.kind ?? null,
      until: row?.endsAt ?? null,
      name: told ? openName(cipher, { id: row.personId, nameCipher: row.nameCipher, phoneCipher: null }) : null,
    }
  })

  serve(app, deps, dutyRoutes.readDutyPlan, async ({ db, actor, params }) => readPlan(db, actor, params.code))

  serve(app, deps, dutyRoutes.setDutyPlan, async ({ tx, actor, params: { code }, body, version }) => {
    const tree = await directory.regions.tree()
    assertMayManage(tree, actor, code)
    await setPlan(tx, deps, placeOf(tree, code), { ...body, version, by: personOf(actor) })
    return readPlan(tx, actor, code)
  })

  serve(app, deps, dutyRoutes.listDutyShifts, async ({ db, actor, params: { code }, query }) => {
    const { where, now, personId } = await at(actor, code)
    const whole = { from: midnight(query.from), to: midnight(query.to, 1) }
    const days = (Date.parse(whole.to) - Date.parse(whole.from)) / DAY
    if (days < 1 || days > MOST_DAYS) throw unfit('range', 'to', `一次最多看 ${MOST_DAYS} 天，止期不早于起期`)
    const rows = await listShifts(db, where, now, whole.from, whole.to)
    const covered = rows.filter(({ stands }) => stands).map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt }))
    return {
      items: rows.map((row) => presentShift(cipher, code, row, personId)),
      gaps: gapsIn(whole, covered),
    }
  })

  serve(app, deps, dutyRoutes.addDutyShift, async ({ tx, actor, params: { code }, body }) => {
    const tree = await directory.regions.tree()
    assertMayManage(tree, actor, code)
    const where = placeOf(tree, code)
    const { kind, from, to, personId } = body
    const id = await addShift(tx, where, { kind, startsAt: from, endsAt: to, personId }, clock.now())
    return readShift(tx, where, id, personOf(actor))
  })

  serve(app, deps, dutyRoutes.standIn, async ({ tx, actor, params, body, version }) => {
    const { tree, where, personId, shift } = await shiftAt(tx, actor, params.id)
    if (shift.personId !== personId && !mayManage(tree, actor, where.community)) throw new AppError('forbidden')
    await standInFor(tx, deps, where, shift.id, { to: body.personId, reason: body.reason, version, by: personId })
    return readShift(tx, where, shift.id, personId)
  })

  serve(app, deps, dutyRoutes.listDutyMatters, async ({ db, actor, params: { code } }) => {
    const { tree, now } = await at(actor, code)
    const seesTitle = titles(tree, actor, code)
    const rows = toWatch(await listDue(db, code, new Date(now.getTime() + SOON_MS)), now)
    return { items: rows.map((row) => presentMatter(code, row, seesTitle)) }
  })

  serve(app, deps, dutyRoutes.handOverDuty, async ({ tx, actor, params, body }) => {
    const { tree, where, personId, shift } = await shiftAt(tx, actor, params.id)
    await handOverDuty(tx, deps, where, shift.id, { note: body.note, by: personId })
    return readHandOver(tx, tree, actor, where.community, shift.id)
  })

  serve(app, deps, dutyRoutes.confirmHandOver, async ({ tx, actor, params }) => {
    const { communityCode, id } = splitPublicId(params.id)
    const { tree, where, now } = await at(actor, communityCode)
    await confirm(tx, where, id, readerOf(tree, actor, communityCode), now)
    return readHandOver(tx, tree, actor, communityCode, id)
  })

  serve(app, deps, dutyRoutes.listHandOvers, async ({ db, actor, params: { code }, query }) => {
    const { tree, where, now } = await at(actor, code)
    const before = decodeCursor(query.cursor, ['instant', 'uuid'])
    const rows = await listHandOvers(db, where, now, before, query.limit + 1)
    return pageOf(rows, query.limit, (row) => [row.madeAt, row.shiftId], await handOvers(db, tree, actor, code, rows))
  })

  serve(app, deps, dutyRoutes.setDutyName, async ({ tx, actor, params: { code }, body }) => {
    const { personId, now } = await at(actor, code)
    await setNamed(tx, code, personId, body.named, now)
    return { named: body.named }
  })
}
