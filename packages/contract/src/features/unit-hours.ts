import * as z from 'zod'

const clockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, '时间写作 08:30，最晚 24:00')

const shift = z.strictObject({ from: clockTime, to: clockTime }).refine(({ from, to }) => from < to, '结束须晚于开始')
const oneAfterAnother = (shifts: { from: string; to: string }[]) =>
  shifts.every(({ from }, i) => i === 0 || (shifts[i - 1]?.to ?? '') <= from)

/** A unit's week in Asia/Shanghai. */
export const unitHours = z
  .strictObject({
    week: z
      .array(z.array(shift).max(3).refine(oneAfterAnother, '时段须按先后、不重叠'))
      .length(7)
      .refine((week) => week.some((day) => day.length > 0), '至少填写一天')
      .describe('周一至周日各天的服务时段'),
    onHolidays: z.boolean().describe('节假日照常服务'),
  })
  .meta({ id: 'UnitHours' })
export type UnitHours = z.infer<typeof unitHours>
