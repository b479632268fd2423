import { expect, it } from 'vitest'
import { maskIdNumber, maskName, maskPhone } from './mask.ts'

it('shows a mobile number by its first three and last four digits', () => {
  expect(maskPhone('13800001234')).toBe('138****1234')
  expect(maskPhone('+8613800001234')).toBe('138****1234')
})

it('shows little of any other number', () => {
  expect(maskPhone('0556-5550123')).toBe('****123')
  expect(maskPhone('12345')).toBe('****')
  expect(maskPhone('')).toBe('****')
})

it('shows a name by its surname, whatever its length', () => {
  expect(['张三', '张小三', '欧阳修', '欧阳', ' 王五 ', 'Anna', '𠮷田', ''].map(maskName)).toEqual([
    '张*',
    '张*',
    '欧阳*',
    '欧*',
    '王*',
    'A*',
    '𠮷*',
    '',
  ])
})

it('shows an ID number by its province and last four, and nothing of a short one', () => {
  expect(maskIdNumber('340803195001011234')).toBe('340***********1234')
  expect(maskIdNumber('34080319500101123X')).toBe('340***********123X')
  expect(maskIdNumber('340803')).toBe('******')
})
