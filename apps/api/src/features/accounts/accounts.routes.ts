import { accountRoutes, PERMISSIONS } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Queryable, Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import { type Actor, personOf } from '../../http/actor.ts'
import { decodeCursor, pageOf } from '../../http/cursor.ts'
import { AppError } from '../../http/errors.ts'
import { serve, serveUntransacted, type WriteContext } from '../../http/serve.ts'
import { openPhone, recordAudit } from '../people/index.ts'
import { regionsHeld } from '../regions/index.ts'
import { sendPhoneCode } from '../sessions/index.ts'
import { assertMayManage, mayManage } from './accounts.policy.ts'
import { isFound, presentAccount, presentOwn } from './accounts.present.ts'
import {
  type AccountRow,
  endSessionsOf,
  findAccountOf,
  hasOtherAdministrator,
  listAccounts,
  lockingAlone,
  setLock,
  takeLock,
  takePassword,
} from './accounts.queries.ts'
import { endOwn, listOwnSessions, readOwn } from './own-account.queries.ts'
import { setPassword } from './set-password.ts'

type Asked = Pick<WriteContext<typeof accountRoutes.lockAccount>, 'tx' | 'actor' | 'params' | 'body' | 'accessChanged'>
const SEARCHED_AT_ONCE = 200
const unchanged = (detail: string) => new AppError('conflict', { reason: 'account_unchanged', detail })

export function serveAccounts(app: FastifyInstance, deps: Deps): void {
  serveOwn(app, deps)
  const { cipher, clock, directory } = deps

  serve(app, deps, accountRoutes.listAccounts, async ({ db, actor, query }) => {
    const tree = await directory.regions.tree()
    const regions = regionsHeld(tree, actor, PERMISSIONS['accounts.read'].roles, { within: query.region })
    const { q, limit, cursor, ...filter } = query
    let after = decodeCursor(cursor, ['uuid'])?.[0] ?? null
    const rows: AccountRow[] = []
    const batch = q === undefined ? limit + 1 : SEARCHED_AT_ONCE
    // Names stand encrypted: they are searched as they are read.
    for (let read = batch; read === batch && rows.length <= limit; ) {
      const some = await listAccounts(db, { ...filter, regions, after, limit: batch, now: clock.now() })
      rows.push(...(q === undefined ? some : some.filter((row) => isFound(cipher, row, q))))
      read = some.length
      after = some.at(-1)?.id ?? null
    }
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      (row) => presentAccount(cipher, row, mayManage(tree, actor, row)),
    )
  })

  type Work = (tx: Tx, account: AccountRow, lock: { at: Date; by: string; reason: string }) => Promise<unknown>
  type Action = 'lock_account' | 'unlock_account' | 'end_sessions' | 'remove_password'
  const act =
    (action: Action, work: Work) =>
    async ({ tx, actor, params, body, accessChanged }: Asked) => {
      const tree = await directory.regions.tree()
      const [at, by, { reason }] = [clock.now(), personOf(actor), body]
      const account = await findAccountOf(tx, params.personId, at)
      assertMayManage(tree, actor, account)
      await work(tx, account, { at, by, reason })
      const { regionCode } = account.grants[0]!
      const subject = { subjectType: 'person', subjectId: account.id, regionCode }
      await recordAudit(tx, { at, personId: by, action, purpose: reason, ...subject })
      accessChanged(account.id)
      return presentAccount(cipher, (await findAccountOf(tx, account.id, at))!, true)
    }

  const lock: Work = async (tx, { id, grants }, given) => {
    await lockingAlone(tx)
    for (const { role, regionCode } of grants) {
      if (role === 'administrator' && !(await hasOtherAdministrator(tx, id, regionCode, given.at)))
        throw new AppError('last_administrator')
    }
    if (!(await setLock(tx, id, given))) throw unchanged('该账号已锁定')
    await endSessionsOf(tx, id, given.at)
  }
  const unlock: Work = async (tx, { id }) => {
    if (!(await takeLock(tx, id))) throw unchanged('该账号没有锁定')
  }
  const removePassword: Work = async (tx, { id }, { at }) => {
    if (!(await takePassword(tx, id))) throw unchanged('此人没有设过密码')
    await endSessionsOf(tx, id, at, { method: 'password' })
  }

  serve(app, deps, accountRoutes.lockAccount, act('lock_account', lock))
  serve(app, deps, accountRoutes.unlockAccount, act('unlock_account', unlock))
  serve(
    app,
    deps,
    accountRoutes.endSessions,
    act('end_sessions', (tx, { id }, { at }) => endSessionsOf(tx, id, at)),
  )
  serve(app, deps, accountRoutes.removePassword, act('remove_password', removePassword))
}

/** Everybody's own: nothing here reaches anybody else. */
function serveOwn(app: FastifyInstance, deps: Deps): void {
  const { cipher, clock } = deps
  const read = async (on: Queryable, actor: Actor) => {
    const [personId, now] = [personOf(actor), clock.now()]
    const [own, sessions] = [await readOwn(on, personId), await listOwnSessions(on, personId, now)]
    return presentOwn(cipher, own, sessions, actor.sessionId, now)
  }

  serve(app, deps, accountRoutes.readOwnAccount, ({ db, actor }) => read(db, actor))

  serveUntransacted(app, deps, accountRoutes.requestOwnCode, async ({ db, actor, request }) => {
    const phone = openPhone(cipher, await readOwn(db, personOf(actor)))
    if (phone === null) throw new AppError('unprocessable', { reason: 'no_phone', detail: '没有登记您的手机号' })
    return sendPhoneCode(deps, { phone, ip: request.ip })
  })

  serveUntransacted(app, deps, accountRoutes.setPassword, async ({ db, actor, body }) => {
    await setPassword(deps, actor, body)
    app.access.forget(personOf(actor))
    return read(db, actor)
  })

  serve(app, deps, accountRoutes.endOwnSession, async ({ tx, actor, params, accessChanged }) => {
    if (!(await endOwn(tx, params.id, personOf(actor), clock.now()))) throw new AppError('not_found')
    accessChanged(personOf(actor))
    return read(tx, actor)
  })

  serve(app, deps, accountRoutes.endOtherSessions, async ({ tx, actor, accessChanged }) => {
    await endSessionsOf(tx, personOf(actor), clock.now(), { but: actor.sessionId })
    accessChanged(personOf(actor))
    return read(tx, actor)
  })
}
