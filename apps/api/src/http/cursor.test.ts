import { expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

const read = (moment: string) => decodeCursor(encodeCursor([moment]), ['instant'])

it.each(['2026-03-02T01:15:00.123Z', '2026-03-02 01:15:00.123456+00', '2026-03-02 01:15:00+00'])(
  'takes %s',
  (moment) => {
    expect(read(moment)).toEqual([moment])
  },
)

it.each([
  '0000-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-03-02T25:00:00Z',
  '2026-03-02T00:61:00Z',
  '2026-03-02T........Z',
  '2026-03-02T::::::::Z',
])('refuses %s, which no list ends with', (moment) => {
  expect(() => read(moment)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
})
