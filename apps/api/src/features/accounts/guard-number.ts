import { isStaffRole } from '@tongxin/lifecycle'
import type { Tx } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { AppError } from '../../http/errors.ts'
import { mayManage } from './accounts.policy.ts'
import { endSessionsOf, findAccountOf } from './accounts.queries.ts'
import { isProved } from './set-password.ts'

/**
 * Before a number is replaced, which lets its new holder in as that person: of whoever holds an office, only by themselves, who have just come in
 * by a code, or by who could lock them; what else is signed in ends. @throws AppError forbidden, proof_needed
 */
export const guardNumber =
  ({ directory, clock }: Deps) =>
  async (tx: Tx, actor: Actor, personId: string): Promise<void> => {
    const account = await findAccountOf(tx, personId, clock.now())
    if (!account?.grants.some(({ role }) => isStaffRole(role))) return
    if (personId === actor.personId) {
      // Whoever finds the console open would else come in by a number of their own, and stay.
      if (!(await isProved(tx, actor, clock.now())))
        throw new AppError('proof_needed', { detail: '修改自己的号码，请先退出，用短信验证码重新登录' })
      await endSessionsOf(tx, personId, clock.now(), { but: actor.sessionId })
      return
    }
    if (!mayManage(await directory.regions.tree(), actor, account)) {
      const detail = '此人是工作人员，凭这个号码登录：只有能锁定其账号的社区书记可以修改'
      throw new AppError('forbidden', { reason: 'number_of_staff', detail })
    }
    await endSessionsOf(tx, personId, clock.now())
  }
