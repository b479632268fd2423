import { ACTIONS, type Action, FIELDS, type Field, type FieldName, OUTCOMES, takesPublicText } from '@tongxin/lifecycle'
import * as z from 'zod'
import { keysOf } from '../keys-of.ts'
import { instant, uuid } from '../page.ts'
import { textReview } from '../personal-data.ts'
import { publicId } from '../public-id.ts'
import { SITTING_DECISIONS } from './sitting-decisions.ts'

/** One co-unit's part of a work order. */
export const partInput = z.strictObject({
  unitId: uuid,
  dueAt: instant.optional(),
  task: z.string().trim().max(500).optional(),
})

/** One counted result of the work. */
export const outcomeInput = z.strictObject({
  key: keysOf(OUTCOMES),
  amount: z.int().min(1).max(1_000_000),
})

/** Where a phone says it is, WGS-84 degrees. Kept encrypted; staff read it with a purpose, on record. */
export const positionInput = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})

const GLOBAL_IDS: ReadonlySet<Field['names']> = new Set<Field['names']>(['unit', 'household', 'handler'])
const idOf = (names: Field['names']) => (GLOBAL_IDS.has(names) ? uuid : publicId)

/** As much of a schema's type as is needed here: comparing all of it with every kind of field took a third of the type check. */
interface FieldSchema extends z.core.$ZodType {
  describe(text: string): FieldSchema
  optional(): z.core.$ZodType
}

const schemaOf = (field: Field): FieldSchema => {
  switch (field.type) {
    case 'text':
    case 'long_text':
      return z
        .string()
        .trim()
        .min(1, '不能为空')
        .max(field.max ?? 200)
    case 'choice':
      return keysOf(field.options ?? {})
    case 'choices':
      return z
        .array(keysOf(field.options ?? {}))
        .max(field.max ?? 5)
        .refine((codes) => new Set(codes).size === codes.length, '同一项只选一次')
    case 'boolean':
      return z.boolean()
    case 'integer':
      return z
        .int()
        .min(field.min ?? 0)
        .max(field.max ?? 1_000_000)
    case 'date_time':
      return instant
    case 'id':
      return idOf(field.names)
    case 'code':
      return z.string().regex(field.names === 'category' ? /^\d{6}$/ : /^\d{12,15}$/, '代码格式不正确')
    case 'photos':
      return z.array(publicId).max(field.max ?? 9)
    case 'parts':
      return z.array(partInput).max(field.max ?? 20)
    case 'outcomes':
      return z.array(outcomeInput).max(field.max ?? 8)
    case 'position':
      return positionInput
  }
}

/**
 * For texts in which something looks like personal data: who sends this has read what was proposed and answers for the text.
 * Keyed by where the text stands (`result`, `coUnits.0.task`).
 */
const reviews = z
  .record(z.string().max(40), textReview)
  .optional()
  .describe('已逐处核对的公开文字，按所在位置；疑有个人信息而未核对的不予保存')

/** Taken by whoever presides, of a matter on the agenda. */
const sitting = publicId.optional().describe('在哪次联席会议上决定的')

/** What is sent to an action's route, made from its row of the table: what the API validates and the forms are drawn from. */
export const bodyOf = (action: Action): z.ZodObject =>
  z.strictObject({
    ...Object.fromEntries(
      Object.entries(ACTIONS[action].fields).map(([name, need]) => {
        const field: Field = FIELDS[name as FieldName]
        const schema = schemaOf(field).describe(field.zh)
        return [name, need === 'required' ? schema : schema.optional()]
      }),
    ),
    ...(takesPublicText(action) ? { reviews } : {}),
    ...(SITTING_DECISIONS.includes(action) ? { sitting } : {}),
  })
