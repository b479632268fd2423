import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTable } from './read-table.ts'
import { splitRecords } from './split-records.ts'
import type { TableRow } from './table.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-csv-'))
})
afterAll(() => rm(folder, { recursive: true }))

const read = async (content: string | Buffer): Promise<{ headers: string[]; rows: TableRow[] }> => {
  const path = join(folder, 'table.csv')
  await writeFile(path, content)
  const table = await readTable(path)
  const rows = await Array.fromAsync(table.rows())
  await table.close()
  return { headers: table.headers, rows }
}

describe('reading CSV', () => {
  it('reads quotes, line breaks inside quotes and every kind of line end, counting lines of the file', async () => {
    const { headers, rows } = await read('编号,主题\r\n1,"路灯,""坏""了\n两盏"\n\n2,积水\r3,"尾"')
    expect(headers).toEqual(['编号', '主题'])
    expect(rows).toEqual([
      { rowNumber: 2, cells: { 编号: '1', 主题: '路灯,"坏"了\n两盏' } },
      { rowNumber: 5, cells: { 编号: '2', 主题: '积水' } },
      { rowNumber: 6, cells: { 编号: '3', 主题: '尾' } },
    ])
  })

  it('reads UTF-8 with a mark, GB18030, UTF-16, and other separators', async () => {
    const expected = { headers: ['编号', '主题'], rows: [{ rowNumber: 2, cells: { 编号: '1', 主题: '路灯' } }] }
    expect(await read('\uFEFF编号,主题\n1,路灯\n')).toEqual(expected)
    // 编号,主题 / 1,路灯
    expect(await read(Buffer.from('b1e0bac52cd6f7cce20a312cc2b7b5c60a', 'hex'))).toEqual(expected)
    expect(await read(Buffer.from('\uFEFF编号\t主题\r\n1\t路灯\r\n', 'utf16le'))).toEqual(expected)
    expect(await read('编号;主题\n1;路灯')).toEqual(expected)
  })

  it('rejects a torn line with its place and goes on with the next', async () => {
    const { rows } = await read(
      '编号,主题,数\n1,好,0\n2,"没有闭合,0\n3,好,0\n4,"好",0\n5,少一列\n6,"好"坏,0\n7,多,一,列\n8,好,0\n',
    )
    expect(rows).toEqual([
      { rowNumber: 2, cells: { 编号: '1', 主题: '好', 数: '0' } },
      { rowNumber: 3, unreadable: '引号后面还有文字' },
      { rowNumber: 4, cells: { 编号: '3', 主题: '好', 数: '0' } },
      { rowNumber: 5, cells: { 编号: '4', 主题: '好', 数: '0' } },
      { rowNumber: 6, unreadable: '有 2 列，应为 3 列' },
      { rowNumber: 7, unreadable: '引号后面还有文字' },
      { rowNumber: 8, unreadable: '有 4 列，应为 3 列' },
      { rowNumber: 9, cells: { 编号: '8', 主题: '好', 数: '0' } },
    ])
  })

  it('does not let a quote that never closes swallow the rest of the file', async () => {
    const { rows } = await read(
      `编号,主题\n1,"没有闭合\n${Array.from({ length: 20_000 }, (_, i) => `${i},第 ${i} 条\n`).join('')}`,
    )
    expect(rows).toHaveLength(20_001)
    expect(rows[0]).toEqual({ rowNumber: 2, unreadable: '引号没有闭合' })
    expect(rows.at(-1)).toEqual({ rowNumber: 20_002, cells: { 编号: '19999', 主题: '第 19999 条' } })
  })

  it('keeps reading as UTF-8 when one character is torn, and rejects that row alone', async () => {
    const torn = Buffer.concat([
      Buffer.from('编号,主题\n1,路灯不亮已经一周\n2,积'),
      Buffer.from([0xe6, 0xb0]),
      Buffer.from('\n3,楼道\n'),
    ])
    expect((await read(torn)).rows).toEqual([
      { rowNumber: 2, cells: { 编号: '1', 主题: '路灯不亮已经一周' } },
      { rowNumber: 3, unreadable: '含有无法解码的字符' },
      { rowNumber: 4, cells: { 编号: '3', 主题: '楼道' } },
    ])
  })

  it('refuses an empty file', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'empty_file' })
    await expect(read('\n\n')).rejects.toMatchObject({ code: 'empty_file' })
  })

  it('gives back what was written, however the text is cut into pieces', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '路'), maxLength: 6 })
    const table = fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 7 }), async (rows, size) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
        const pieces = (async function* () {
          for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size)
        })()
        const records = await Array.fromAsync(splitRecords(pieces, ',', () => 2))
        expect(records.map((record) => record.fields)).toEqual(rows)
      }),
    )
  })
})
