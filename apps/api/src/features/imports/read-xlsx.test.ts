import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTable } from './read-table.ts'
import type { TableRow } from './table.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-xlsx-'))
})
afterAll(() => rm(folder, { recursive: true }))

const write = async (name: string, fill: (workbook: ExcelJS.Workbook) => void): Promise<string> => {
  const workbook = new ExcelJS.Workbook()
  fill(workbook)
  const path = join(folder, name)
  await workbook.xlsx.writeFile(path)
  return path
}

const rowsOf = async (path: string, options = {}): Promise<TableRow[]> => {
  const table = await readTable(path, options)
  try {
    return await Array.fromAsync(table.rows())
  } finally {
    await table.close()
  }
}

/** Changes one part of a written workbook, as a torn disk or a strange program would. */
const tamper = async (path: string, part: string, change: (text: string) => string): Promise<string> => {
  const zip = await JSZip.loadAsync(await readFile(path))
  zip.file(part, change(await zip.file(part)!.async('string')))
  await writeFile(path, await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }))
  return path
}

const SHEET = 'xl/worksheets/sheet1.xml'

describe('reading a spreadsheet', () => {
  it('gives rows under their headers with the row numbers of the sheet, leaving empty rows out', async () => {
    const path = await write('plain.xlsx', (workbook) => {
      const sheet = workbook.addWorksheet('留言')
      sheet.addRow(['编号', ' 留言 主题\n', null, '点赞数'])
      sheet.addRow([7, '路灯不亮', '没有表头的列', 3])
      sheet.addRow([])
      sheet.addRow([8, null, null, 0])
    })
    const table = await readTable(path)
    expect(table).toMatchObject({
      format: 'xlsx',
      headers: ['编号', '留言主题', '点赞数'],
      sheet: '留言',
      unreadSheets: [],
    })
    expect(await Array.fromAsync(table.rows())).toEqual([
      { rowNumber: 2, cells: { 编号: 7, 留言主题: '路灯不亮', 点赞数: 3 } },
      { rowNumber: 4, cells: { 编号: 8, 留言主题: null, 点赞数: 0 } },
    ])
    await table.close()
  })

  it('takes a formula as its last value, never as a formula', async () => {
    const path = await write('formula.xlsx', (workbook) => {
      const sheet = workbook.addWorksheet('a')
      sheet.addRow(['主题', '数'])
      sheet.addRow([
        { formula: 'HYPERLINK("http://x","点我")', result: '点我' },
        { formula: '1+1', result: 2 },
      ])
      sheet.addRow([{ formula: 'A2', result: undefined }, 1])
    })
    expect(await rowsOf(path)).toEqual([
      { rowNumber: 2, cells: { 主题: '点我', 数: 2 } },
      { rowNumber: 3, cells: { 主题: { error: 'A3 格：公式没有已算出的值' }, 数: 1 } },
    ])
  })

  it('names the cell of an error value', async () => {
    const path = await write('error.xlsx', (workbook) => {
      const sheet = workbook.addWorksheet('a')
      sheet.addRow(['主题', '数'])
      sheet.addRow(['好', { error: '#N/A' }])
    })
    expect(await rowsOf(path)).toEqual([{ rowNumber: 2, cells: { 主题: '好', 数: { error: 'B2 格：错误值 #N/A' } } }])
  })

  it('joins formatted pieces and reads inline texts, escapes and booleans', async () => {
    const path = await write('rich.xlsx', (workbook) => {
      const sheet = workbook.addWorksheet('a')
      sheet.addRow(['a', 'b', 'c'])
      sheet.addRow([{ richText: [{ text: '路' }, { font: { bold: true }, text: '灯' }] }, true, '行_x000D_尾'])
    })
    await tamper(path, SHEET, (xml) =>
      xml.replace(
        '</sheetData>',
        '<row><c t="inlineStr"><is><t>内联</t></is></c><c/><c t="str"><v>末</v></c></row></sheetData>',
      ),
    )
    expect(await rowsOf(path)).toEqual([
      { rowNumber: 2, cells: { a: '路灯', b: 'TRUE', c: '行\r尾' } },
      { rowNumber: 3, cells: { a: '内联', b: null, c: '末' } },
    ])
  })

  it('reads the first visible sheet or the one named, and says which were left', async () => {
    const path = await write('sheets.xlsx', (workbook) => {
      workbook.addWorksheet('隐', { state: 'hidden' }).addRow(['x'])
      workbook.addWorksheet('甲').addRow(['a'])
      workbook.addWorksheet('乙').addRow(['b'])
    })
    const first = await readTable(path)
    expect(first).toMatchObject({ sheet: '甲', headers: ['a'], unreadSheets: ['隐', '乙'] })
    await first.close()
    const named = await readTable(path, { sheet: '乙' })
    expect(named).toMatchObject({ sheet: '乙', headers: ['b'] })
    await named.close()
    await expect(readTable(path, { sheet: '丙' })).rejects.toMatchObject({ code: 'no_such_sheet' })
  })

  it('refuses a header that stands twice, and a sheet without any', async () => {
    const twice = await write('twice.xlsx', (workbook) => workbook.addWorksheet('a').addRow(['主题', '主 题']))
    await expect(readTable(twice)).rejects.toMatchObject({ code: 'duplicate_header' })
    const empty = await write('empty.xlsx', (workbook) => void workbook.addWorksheet('a'))
    await expect(readTable(empty)).rejects.toMatchObject({ code: 'empty_file' })
  })
})

describe('a damaged or hostile spreadsheet', () => {
  const small = () =>
    write('small.xlsx', (workbook) => {
      const sheet = workbook.addWorksheet('a')
      sheet.addRow(['主题'])
      for (let i = 0; i < 50; i++) sheet.addRow([`第 ${i} 条`])
    })

  it('cut short is refused', async () => {
    const path = await small()
    const bytes = await readFile(path)
    await writeFile(path, bytes.subarray(0, bytes.length >> 1))
    await expect(rowsOf(path)).rejects.toMatchObject({ code: 'torn_file' })
  })

  it('with XML that breaks off names the row', async () => {
    const path = await tamper(await small(), SHEET, (xml) => xml.slice(0, xml.indexOf('<row r="20"')))
    await expect(rowsOf(path)).rejects.toMatchObject({
      code: 'torn_file',
      message: expect.stringContaining('第 19 行附近'),
    })
  })

  it('with a flipped byte fails on the checksum', async () => {
    const path = join(folder, 'stored.xlsx')
    const zip = await JSZip.loadAsync(await readFile(await small()))
    const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'STORE' })
    bytes[bytes.indexOf('第 7 条') + 4] = 0x39
    await writeFile(path, bytes)
    await expect(rowsOf(path)).rejects.toMatchObject({ code: 'torn_file', message: expect.stringContaining('校验和') })
  })

  it('that inflates beyond the limit is refused before it is inflated', async () => {
    const path = await tamper(await small(), SHEET, (xml) => xml + ' '.repeat(5_000_000))
    await expect(readTable(path, { maxInflatedBytes: 1_000_000 })).rejects.toMatchObject({ code: 'too_large_inflated' })
  })

  it('with entities of its own is refused', async () => {
    const path = await tamper(await small(), SHEET, (xml) =>
      xml.replace('<worksheet', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'),
    )
    await expect(rowsOf(path)).rejects.toMatchObject({
      code: 'torn_file',
      message: expect.stringContaining('文档类型声明'),
    })
  })

  it('with one text without end is refused', async () => {
    const path = await tamper(await small(), SHEET, (xml) =>
      xml.replace('<sheetData>', `<sheetData><row><c><v>${'9'.repeat(2_000_000)}`),
    )
    await expect(rowsOf(path)).rejects.toMatchObject({
      code: 'torn_file',
      message: expect.stringContaining('不像正常的表格'),
    })
  })

  it('that is an old or encrypted workbook, another zip, or no table at all is told apart', async () => {
    const old = join(folder, 'old.xls')
    await writeFile(old, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))
    await expect(readTable(old)).rejects.toMatchObject({ code: 'encrypted_or_old_format' })
    const other = join(folder, 'other.xlsx')
    await writeFile(other, await new JSZip().file('readme.txt', 'x').generateAsync({ type: 'nodebuffer' }))
    await expect(readTable(other)).rejects.toMatchObject({ code: 'unknown_format' })
    const image = join(folder, 'image.csv')
    await writeFile(image, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]))
    await expect(readTable(image)).rejects.toMatchObject({ code: 'unknown_format' })
  })
})
