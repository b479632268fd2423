import * as z from 'zod'
import { instant, uuid } from '../../page.ts'
import { publicId } from '../../public-id.ts'

/** Up to ten billion yuan, and far within what counts exactly. */
const fen = z.int().min(1).max(1_000_000_000_000)
const unitName = z.object({ id: z.uuid(), name: z.string() })

/** Who is to act on a motion, by when and with what money: proposed with its text, carried on by the resolution. */
export const proposalBody = z
  .strictObject({
    leadUnitId: uuid.optional().describe('建议的主办单位'),
    coUnitIds: z.array(uuid).max(20).default([]).describe('建议的协办单位'),
    dueDays: z.int().min(1).max(365).optional().describe('自形成决议起多少日内办结'),
    budgetFen: fen.optional().describe('预算，分'),
    budgetSource: z.string().trim().min(2).max(200).optional().describe('资金来源'),
  })
  .refine(({ leadUnitId, coUnitIds }) => new Set([leadUnitId, ...coUnitIds]).size === coUnitIds.length + 1, {
    path: ['coUnitIds'],
    message: '协办单位不能重复，也不能同时是主办单位',
  })
  .refine(({ budgetFen, budgetSource }) => budgetSource === undefined || budgetFen !== undefined, {
    path: ['budgetFen'],
    message: '写了资金来源，请一并填写预算',
  })
export type ProposalBody = z.output<typeof proposalBody>

export const proposalView = z
  .object({
    leadUnit: unitName.nullable(),
    coUnits: z.array(unitName),
    dueDays: z.int().nullable().describe('自形成决议起多少日内办结'),
    budgetFen: z.int().nullable().describe('预算，分'),
    budgetSource: z.string().nullable().describe('资金来源'),
  })
  .meta({ id: 'MotionProposal' })
export type ProposalView = z.infer<typeof proposalView>

/** What the council resolved on a matter. */
export const resolutionView = z
  .object({
    text: z.string(),
    meetingId: publicId,
    motionId: publicId,
    minutesNumber: z.string().nullable().describe('会议纪要编号'),
    adoptedAt: instant,
    proposal: proposalView.nullable(),
  })
  .meta({ id: 'Resolution' })
export type ResolutionView = z.infer<typeof resolutionView>
