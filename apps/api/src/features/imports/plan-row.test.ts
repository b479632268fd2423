import { describe, expect, it } from 'vitest'
import type { ColumnMap } from './map-columns.ts'
import { planRow, TEXT_LIMIT } from './plan-row.ts'
import type { Cell } from './table.ts'

const columns: ColumnMap = {
  number: '编号',
  raiser: '用户',
  title: '主题',
  raisedAt: '时间',
  body: '详情',
  answer: '答复',
  answeredAt: '答复时间',
  support: '赞',
  opposition: '踩',
}
const context = { columns, date1904: false, now: new Date('2026-01-01T00:00:00Z') }
const good: Record<string, Cell> = {
  编号: 188006,
  用户: 'A01',
  主题: '路灯不亮',
  时间: '2019/2/28 11:25:05',
  详情: '已经一周',
  赞: 3,
  踩: 0,
}
const plan = (cells: Record<string, Cell>) => planRow({ rowNumber: 5, cells: { ...good, ...cells } }, context)

describe('planning a row', () => {
  it('makes a raised matter of a message', () => {
    expect(plan({}).issue).toMatchObject({
      rowNumber: 5,
      number: '188006',
      title: '路灯不亮',
      body: '已经一周',
      raisedAt: new Date('2019-02-28T03:25:05Z'),
      raiser: 'A01',
      answer: null,
      support: 3,
      opposition: 0,
      original: {},
    })
  })

  it('makes an answered one where there is an answer with its time', () => {
    const { issue } = plan({ 答复: '已修好', 答复时间: '2019/3/2 8:00' })
    expect(issue?.answer).toEqual({ text: '已修好', at: new Date('2019-03-02T00:00:00Z') })
  })

  it('tidies texts, keeping words, paragraphs and the original', () => {
    const raw = '\n\t\t\t\n\t\t\t　　您好：\u200B\r\n\r\n\r\n\r\n 两盏　路灯 坏了。\n\t\t'
    const { issue } = plan({ 详情: raw, 主题: ' 路灯\n不亮 ' })
    expect(issue).toMatchObject({ title: '路灯 不亮', body: '您好：\n\n两盏 路灯 坏了。' })
    expect(issue?.original).toEqual({ body: raw, title: ' 路灯\n不亮 ' })
  })

  it('holds what the database can hold: no NUL, no broken pair, emoji whole', () => {
    const { issue } = plan({ 详情: '好\u0000的\uD800 👨‍👩‍👧' })
    expect(issue?.body).toBe('好的\uFFFD 👨‍👩‍👧')
    expect(issue?.original.body).toBe('好\u2400的\uFFFD 👨‍👩‍👧')
  })

  it('takes the first words as subject where there is none, and the subject as text', () => {
    expect(plan({ 主题: null }).issue?.title).toBe('已经一周')
    expect(plan({ 主题: ' ', 详情: '长'.repeat(60) }).issue?.title).toBe(`${'长'.repeat(39)}…`)
    expect(plan({ 详情: null }).issue?.body).toBe('路灯不亮')
  })

  it('knows a message again by who, when and what, whatever its counts and answer became', () => {
    const first = plan({}).issue!.contentHash
    expect(plan({ 赞: 99, 答复: '好', 答复时间: '2019/3/1', 详情: ' 已经一周\n' }).issue?.contentHash).toEqual(first)
    expect(plan({ 详情: '已经两周' }).issue?.contentHash).not.toEqual(first)
    expect(plan({ 用户: 'A02' }).issue?.contentHash).not.toEqual(first)
  })

  it('lets an answer given as a day stand on the day of raising, not before it', () => {
    expect(plan({ 答复: '好', 答复时间: '2019/2/28' }).issue?.answer?.at).toEqual(new Date('2019-02-28T03:25:05Z'))
    expect(plan({ 答复: '好', 答复时间: '2019/2/28 11:25:04' }).rejected?.reason).toBe('“答复时间”早于“时间”')
    expect(plan({ 答复: '好', 答复时间: '2019/2/27' }).rejected?.code).toBe('bad_date')
  })

  it.each([
    ['missing_value', '“编号”为空', { 编号: ' ' }],
    ['missing_value', '主题和详情都是空的', { 主题: ' ', 详情: '\t' }],
    ['missing_value', '“时间”为空', { 时间: null }],
    ['missing_value', '有“答复”而“答复时间”为空', { 答复: '好' }],
    ['missing_value', '有“答复时间”而“答复”为空', { 答复时间: '2019/3/1' }],
    ['bad_date', '“时间”：不存在的日期“2019/2/30”', { 时间: '2019/2/30' }],
    ['bad_date', '“时间”在将来：2027/1/1', { 时间: '2027/1/1' }],
    ['bad_number', '“赞”不是整数：-1', { 赞: -1 }],
    ['bad_number', '“踩”不是整数：很多', { 踩: '很多' }],
    ['too_long', `“详情”有 ${TEXT_LIMIT + 1} 字，最多 ${TEXT_LIMIT} 字`, { 详情: '长'.repeat(TEXT_LIMIT + 1) }],
    ['unreadable_row', 'C5 格：错误值 #N/A', { 主题: { error: 'C5 格：错误值 #N/A' } }],
  ])('rejects with %s: %s, by its number where it has one', (code, reason, cells) => {
    const number = '编号' in cells ? null : '188006'
    expect(plan(cells as Record<string, Cell>)).toEqual({ rejected: { rowNumber: 5, code, reason, number } })
  })

  it('reads counts with separators, and leaves a fault in a column it does not use alone', () => {
    expect(plan({ 赞: '1,234', 踩: ' ' }).issue).toMatchObject({ support: 1234, opposition: 0 })
    expect(plan({ 备注: { error: '#REF!' } }).issue).toBeDefined()
  })

  it('passes on why a row could not be read', () => {
    expect(planRow({ rowNumber: 9, unreadable: '引号没有闭合' }, context)).toEqual({
      rejected: { rowNumber: 9, code: 'unreadable_row', reason: '引号没有闭合', number: null },
    })
  })
})
