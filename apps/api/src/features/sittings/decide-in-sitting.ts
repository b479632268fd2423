import { makePublicId, splitPublicId } from '@tongxin/contract'
import { AppError } from '../../http/errors.ts'
import type { Stage } from '../issues/index.ts'
import { recordSittingEvent } from './record-sitting-event.ts'
import { decideItem, listItemStates, lockSitting, saveSitting } from './sittings.queries.ts'

const refusal = (reason: string, detail: string) => new AppError('unprocessable', { reason, detail })

/**
 * An action on a matter that says it was decided in a sitting: whoever presides takes it, while the sitting lasts, on a matter of its
 * agenda, once. The rules have allowed the action already, to that person as to any other time.
 */
export const sittingStage: Stage = {
  decidedIn: async (tx, sittingId, { key, action, personId, seq, now }, deps) => {
    const sitting = await lockSitting(tx, splitPublicId(sittingId))
    if (sitting?.communityCode !== key.communityCode) throw refusal('sitting_unknown', '没有这次会议')
    if (sitting.state !== 'in_session') throw refusal('sitting_not_in_session', '会议不在进行中')
    if (personId === null || sitting.presiderId !== personId)
      throw new AppError('forbidden', { reason: 'not_presiding', detail: '会上的决定由主持人记录' })
    const item = (await listItemStates(tx, sitting)).find(({ issueId }) => issueId === key.id)
    if (!item) throw refusal('not_on_agenda', '该事项不在这次会议的议程上')
    if (item.state !== 'waiting') throw refusal('matter_done', '该事项在这次会议上已经议过')
    await decideItem(tx, sitting, { issueId: key.id, action, seq })
    await saveSitting(tx, sitting)
    await recordSittingEvent(tx, deps, sitting, 'decide', {
      at: now,
      record: { issueId: key.id, action, seq },
      personal: { by: personId },
    })
    return { record: { sitting: { id: makePublicId(key.communityCode, sitting.id), number: sitting.number } } }
  },
}
