import * as z from 'zod'

/** What is wrong with a spreadsheet, in words for whoever mends it. */
export const sheetError = z.object({
  line: z.int().describe('表格里的行号'),
  column: z.string().nullable().describe('列名；整行有误时为空'),
  message: z.string().describe('哪里不对、怎么改'),
})
export type SheetError = z.infer<typeof sheetError>
