import path from 'node:path'
import { readTable } from '../../apps/api/src/features/imports/index.ts'

export const FILES = ['raised', 'answered'] as const
export type File = (typeof FILES)[number]
/** The title (留言主题) and the words (留言详情) of a message; not the reply. */
export const COLUMNS = { title: '留言主题', body: '留言详情' } as const
export type Column = keyof typeof COLUMNS

/** One message as the spreadsheet's cells hold it: raw, blanks and all, for offsets refer to these texts. */
export interface Message {
  file: File
  number: string
  title: string
  body: string
}

/** Every message of the two files, in the order of their numbers. */
export const readMessages = async (folder: string): Promise<Message[]> => {
  const messages: Message[] = []
  for (const file of FILES) {
    const table = await readTable(path.join(folder, `${file}.xlsx`))
    for await (const { cells } of table.rows())
      if (cells)
        messages.push({
          file,
          number: String(cells.留言编号),
          title: String(cells[COLUMNS.title] ?? ''),
          body: String(cells[COLUMNS.body] ?? ''),
        })
    await table.close()
  }
  return messages.sort((a, b) => a.file.localeCompare(b.file) || Number(a.number) - Number(b.number))
}
