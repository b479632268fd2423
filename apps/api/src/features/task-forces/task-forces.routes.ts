import { splitPublicId, type TaskForceView, taskForceRoutes } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve } from '../../http/serve.ts'
import { openName } from '../people/index.ts'
import { civilDate } from '../regions/index.ts'
import { findNames, findNumbers, listChanges } from './changes.queries.ts'
import { listMilestones } from './milestones.queries.ts'
import { addMilestone, changeMilestone, dropMilestone, reachMilestone } from './set-milestones.ts'
import { changeTaskForce, closeTaskForce, createTaskForce, placesOf } from './set-up.ts'
import { assertMayRead, readsMatter, standingAt } from './task-forces.policy.ts'
import { namedIn, presentChange, presentForce, presentSummary } from './task-forces.present.ts'
import {
  type ForceKey,
  findForce,
  listCandidates,
  listForces,
  listMatters,
  listMembers,
} from './task-forces.queries.ts'

export function serveTaskForces(app: FastifyInstance, deps: Deps): void {
  const { clock, cipher, directory } = deps

  const read = async (on: Queryable, key: ForceKey, actor: Actor): Promise<TaskForceView> => {
    const now = clock.now()
    const [found, members, matters, milestones, tree] = await Promise.all([
      findForce(on, key),
      listMembers(on, key, now),
      listMatters(on, key),
      listMilestones(on, key),
      directory.regions.tree(),
    ])
    const standing = standingAt(actor, tree, key.communityCode)
    const force = assertMayRead(found, members, standing)
    return presentForce(cipher, force, { members, matters, milestones }, standing, { now, today: civilDate(now) })
  }
  const answered = async (on: Queryable, key: ForceKey, actor: Actor) => {
    const force = await read(on, key, actor)
    return answer(force, { version: force.version })
  }

  serve(app, deps, taskForceRoutes.listTaskForces, async ({ db, actor, query }) => {
    const { community, state, issue, cursor, limit } = query
    const standing = standingAt(actor, await directory.regions.tree(), community)
    const now = clock.now()
    const { staff, units } = standing
    const matter = issue === undefined ? null : splitPublicId(issue)
    if (matter !== null && matter.communityCode !== community) return { items: [], nextCursor: null }
    const rows = await listForces(db, {
      communityCode: community,
      state: state ?? null,
      issueId: matter?.id ?? null,
      after: decodeCursor(cursor, ['uuid'])?.[0] ?? null,
      limit: limit + 1,
      now,
      today: civilDate(now),
      member: standing.reads === 'own' ? { personId: personOf(actor), staff, units } : null,
    })
    return pageOf(
      rows,
      limit,
      (row) => [row.id],
      (row) => presentSummary(cipher, row, standing),
    )
  })

  serve(app, deps, taskForceRoutes.listTaskForceCandidates, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    if (!standingAt(actor, tree, query.community).manages) throw new AppError('forbidden')
    const rows = await listCandidates(db, placesOf(tree, query.community), clock.now())
    return {
      items: rows.map(({ personId, nameCipher, unitId, unitName }) => ({
        personId,
        name: openName(cipher, { id: personId, nameCipher, phoneCipher: null }),
        unitId,
        unitName,
      })),
    }
  })

  serve(app, deps, taskForceRoutes.createTaskForce, async ({ tx, actor, body }) => {
    const force = await read(tx, await createTaskForce(tx, deps, actor, body), actor)
    return answer(force, { status: 201, version: force.version, location: `/v1/task-forces/${force.id}` })
  })

  serve(app, deps, taskForceRoutes.readTaskForce, ({ db, actor, params }) =>
    answered(db, splitPublicId(params.id), actor),
  )

  serve(app, deps, taskForceRoutes.listTaskForceChanges, async ({ db, actor, params, query }) => {
    const key = splitPublicId(params.id)
    const [found, members, tree] = await Promise.all([
      findForce(db, key),
      listMembers(db, key, clock.now()),
      directory.regions.tree(),
    ])
    const standing = standingAt(actor, tree, key.communityCode)
    const force = assertMayRead(found, members, standing)
    const before = decodeCursor(query.cursor, ['number'])?.[0] ?? null
    const rows = await listChanges(db, key, before, query.limit + 1)
    const { people, issues } = namedIn(rows)
    const [names, numbers] = await Promise.all([findNames(db, people), findNumbers(db, key.communityCode, issues)])
    const readable = numbers.filter((matter) => readsMatter(force, matter, standing))
    const known = {
      names: new Map(names.map(({ id, nameCipher }) => [id, nameCipher])),
      numbers: new Map(readable.map(({ id, number }) => [id, number])),
    }
    return pageOf(
      rows,
      query.limit,
      (row) => [row.seq],
      (row) => presentChange(cipher, row, known, standing),
    )
  })

  serve(app, deps, taskForceRoutes.changeTaskForce, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await changeTaskForce(tx, deps, key, actor, version, body)
    return answered(tx, key, actor)
  })

  serve(app, deps, taskForceRoutes.addMilestone, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await addMilestone(tx, deps, { key, actor, version }, body)
    return answered(tx, key, actor)
  })

  serve(app, deps, taskForceRoutes.changeMilestone, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await changeMilestone(tx, deps, { key, actor, version }, { id: params.milestoneId, ...body })
    return answered(tx, key, actor)
  })

  serve(app, deps, taskForceRoutes.dropMilestone, async ({ tx, actor, params, version }) => {
    const key = splitPublicId(params.id)
    await dropMilestone(tx, deps, { key, actor, version }, params.milestoneId)
    return answered(tx, key, actor)
  })

  serve(app, deps, taskForceRoutes.reachMilestone, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await reachMilestone(tx, deps, { key, actor, version }, { id: params.milestoneId, ...body })
    return answered(tx, key, actor)
  })

  serve(app, deps, taskForceRoutes.closeTaskForce, async ({ tx, actor, params, body, version }) => {
    const key = splitPublicId(params.id)
    await closeTaskForce(tx, deps, key, actor, version, body.result)
    return answered(tx, key, actor)
  })
}
