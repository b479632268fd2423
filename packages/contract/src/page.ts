import * as z from 'zod'

/** Keyset pages: pass `nextCursor` back as `cursor`; null means the last page. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional().describe('上一页返回的 nextCursor'),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('每页条数'),
})

export const page = <Item extends z.core.$ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

// PostgreSQL knows no year 0, and nothing here is older than computers or planned for the next century.
const OUR_TIME = '年份须在 1970 至 2100 之间'
const isOurTime = (text: string): boolean => text >= '1970' && text < '2101'

/**
 * A moment: ISO 8601, UTC, ending in Z; kept to the millisecond, whatever comes in. What is none is refused before it is rewritten.
 */
export const instant = z.iso
  .datetime({ abort: true })
  .overwrite((text) => new Date(text).toISOString())
  .refine(isOurTime, OUR_TIME)

/** A day of the civil calendar, within the same bounds. */
export const civilDate = z.iso.date('请填写日期').refine(isOurTime, OUR_TIME)

/** Capitals mean the same id and would not compare as one. */
export const uuid = z.uuid().toLowerCase()
