import { PERSONAL_KINDS, type PersonalKind } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from './keys-of.ts'

const kind = keysOf<PersonalKind>(PERSONAL_KINDS)

/** A text without the personal data that was found in it, and where that stood in the original. */
export const textProposal = z
  .object({
    text: z.string(),
    removals: z
      .array(
        z.object({
          start: z.int().describe('在原文中的起点（UTF-16 单位，含）'),
          end: z.int().describe('在原文中的终点（不含）'),
          kind,
          replacement: z.string().describe('代之以'),
        }),
      )
      .describe('按在原文中的先后'),
  })
  .meta({ id: 'TextProposal' })
export type TextProposal = z.infer<typeof textProposal>

const counts = z.partialRecord(kind, z.int().min(1).max(1000))

/**
 * What the person who approves a text says of it, in places by kind: how many they took out, and how many that look like
 * personal data they saw and let stand. More than that found in the text is not approved.
 */
export const textReview = z.strictObject({
  removed: counts.describe('隐去了几处'),
  kept: counts.describe('核对后保留了几处'),
})
export type TextReview = z.infer<typeof textReview>
