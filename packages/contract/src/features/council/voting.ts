import {
  CHOICES,
  type Choice,
  VOTING_METHODS,
  VOTING_PLACES,
  type VotingMethod,
  type VotingPlace,
} from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../../keys-of.ts'
import { instant } from '../../page.ts'

export const votingMethod = keysOf<VotingMethod>(VOTING_METHODS).describe('举手、记名投票、无记名投票')
export const votingPlace = keysOf<VotingPlace>(VOTING_PLACES).describe('在会场、线上，或两处都可以')
export const choice = keysOf<Choice>(CHOICES)

export const shares = z.object({ for: z.int(), against: z.int(), abstain: z.int() })

const classParts = z.object({
  members: z.int().describe('该类成员人数'),
  needed: z.int().describe('法定人数'),
  attending: z.int().describe('计入法定人数的人数'),
  present: z.int().describe('计入到会（参加）人数'),
})

/** How a motion is voted on, and how far it has come; never what was chosen. */
export const motionVoting = z
  .object({
    method: votingMethod,
    place: votingPlace,
    opensAt: instant.nullable().describe('线上投票开始'),
    closesAt: instant.nullable().describe('线上投票截止，届时自动计票'),
    openedAt: instant.nullable().describe('投票名册确定的时刻；举手表决没有名册'),
    turnout: z
      .object({
        entitled: z.int().describe('名册人数'),
        issued: z.int().nullable().describe('无记名投票：已领取的选票'),
        cast: z.int().describe('已投的票'),
      })
      .nullable(),
    parts: z
      .object({
        representative: classParts,
        party_member: classParts,
        unit_member: classParts.optional(),
        staff_member: classParts.optional(),
      })
      .nullable()
      .describe('计票时每类成员的人数，据此可以复算'),
    listHash: z.string().nullable().describe('无记名投票：公布的选票清单的 SHA-256'),
  })
  .meta({ id: 'MotionVoting' })
export type MotionVoting = z.infer<typeof motionVoting>
