import { describe, expect, it } from 'vitest'
import { mapColumns, parseMap } from './map-columns.ts'

const RAISED = ['留言编号', '留言用户', '留言主题', '留言时间', '留言详情', '反对数', '点赞数']
const ANSWERED = ['留言编号', '留言用户', '留言主题', '留言时间', '留言详情', '答复意见', '答复时间']

describe('mapping columns', () => {
  it('knows the two message files by their headers', () => {
    expect(mapColumns(RAISED)).toMatchObject({ preset: 'message_board_raised', source: 'message_board', unused: [] })
    expect(mapColumns(ANSWERED)).toMatchObject({
      preset: 'message_board_answered',
      source: 'message_board',
      unused: [],
    })
  })

  it('finds columns under other known names, and says which are not used', () => {
    expect(mapColumns(['标题', '反映时间', '内容', '备注'])).toEqual({
      preset: null,
      source: 'table',
      columns: { title: '标题', raisedAt: '反映时间', body: '内容' },
      unused: ['备注'],
    })
  })

  it('lets an explicit mapping win', () => {
    const headers = [...RAISED, '摘要']
    expect(mapColumns(headers, { title: '摘要' })).toMatchObject({ columns: { title: '摘要' }, unused: ['留言主题'] })
    expect(mapColumns(['标题', '提出时间'], { body: '标题' })).toMatchObject({
      columns: { body: '标题', raisedAt: '提出时间' },
    })
  })

  it.each([
    [['标题', '内容'], {}, '缺少“提出时间”列'],
    [['提出时间', '备注'], {}, '缺少“主题”列'],
    [['标题', '提出时间', '答复'], {}, '缺少“答复时间”列'],
    [['标题', '提出时间'], { title: '没有' }, '没有“没有”这一列'],
    [['标题', '提出时间'], { title: '标题', body: '标题' }, '“标题”这一列被用了两次'],
  ])('refuses %j with %j', (headers, map, error) => {
    expect(mapColumns(headers, map).error).toContain(error)
  })

  it('reads a mapping written as text', () => {
    expect(parseMap('title=摘要, raisedAt=时 间')).toEqual({ map: { title: '摘要', raisedAt: '时间' } })
    expect(parseMap('titel=摘要').error).toContain('titel=摘要')
    expect(parseMap('title').error).toContain('看不懂的映射')
  })
})
