import { expect, test } from 'vitest'
import { readersOfField, readersOfLine } from './readers.ts'

const open = { visibility: 'public' }
const closed = { visibility: 'private' }

test('a line is read by whom its action names, and nobody reads all of a private matter', () => {
  expect(readersOfLine('dispatch', open)).toBe('public')
  expect(readersOfLine('dispatch', closed)).toBe('raisers')
  expect(readersOfLine('decline', closed)).toBe('raisers')
  expect(readersOfLine('note', open)).toBe('staff')
  expect(readersOfLine('note', closed)).toBe('staff')
})

test('of a public line, what was written to the raiser is the raiser’s', () => {
  expect(readersOfField('refer', 'officer', 'recipient', open)).toBe('public')
  expect(readersOfField('refer', 'officer', 'explanation', open)).toBe('raisers')
  expect(readersOfField('verify', 'grid_worker', 'position', open)).toBe('staff')
  expect(readersOfField('note', 'officer', 'text', open)).toBe('staff')
})

test('what residents wrote about themselves is theirs and the staff’s, but for comments', () => {
  expect(readersOfField('appeal', 'raiser', 'personalReason', open)).toBe('author')
  expect(readersOfField('comment', 'raiser', 'text', open)).toBe('raisers')
  expect(readersOfField('evaluate', 'volunteer', 'comment', open)).toBe('author')
  expect(readersOfField('evaluate', 'raiser', 'level', open)).toBe('raisers')
})
