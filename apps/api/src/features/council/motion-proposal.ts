import type { ProposalBody } from '@tongxin/contract'
import type { Tx } from '../../db/connect.ts'
import { AppError } from '../../http/errors.ts'
import type { IssueKey } from '../issues/index.ts'
import { findFitUnits } from '../office/index.ts'
import { findAgainstLead } from './motion-proposals.queries.ts'

const unfit = (reason: string, field: string, message: string) =>
  new AppError('unprocessable', { reason, detail: message, errors: [{ path: `body.proposal.${field}`, message }] })

/** @throws AppError unprocessable for units that could not be given the matter */
export const assertProposalFits = async (tx: Tx, issue: IssueKey, proposal: ProposalBody): Promise<void> => {
  const { leadUnitId, coUnitIds } = proposal
  const wanted = leadUnitId === undefined ? coUnitIds : [leadUnitId, ...coUnitIds]
  if (wanted.length === 0) return
  const fit = new Set((await findFitUnits(tx, issue.communityCode, wanted)).map(({ id }) => id))
  const stray = coUnitIds.findIndex((id) => !fit.has(id))
  if (stray >= 0) throw unfit('unit_unfit', `coUnitIds.${stray}`, '协办单位须是本社区可用的单位')
  if (leadUnitId === undefined) return
  if (!fit.has(leadUnitId)) throw unfit('unit_unfit', 'leadUnitId', '主办单位须是本社区可用的单位')
  const against = await findAgainstLead(tx, issue, leadUnitId)
  if (against?.complained) throw unfit('unit_complained_about', 'leadUnitId', '被投诉的单位不能主办')
  if (against?.outsideDuty) throw unfit('unit_outside_duty', 'leadUnitId', '该单位的职责清单不含此类事项')
}
