import type { Fraction } from '../households/index.ts'

/** A value read from a cell, or what to do about it. */
export type Value<T> = { value: T; wrong?: undefined } | { wrong: string }

/** As much as a flat's area may be: 100,000 m². */
const MOST_AREA = 10_000_000

/** `89.5`, `89.50 ㎡` → hundredths of a square metre, exactly. */
export const readArea = (text: string): Value<number> => {
  const plain = text.replace(/\s|,|平方米|m2$|m²$/gi, '')
  const found = /^(\d{1,7})(?:\.(\d+))?$/.exec(plain)
  if (!found) return { wrong: `“${text}”不是面积，请写平方米数，如 89.50` }
  const [, whole = '', part = ''] = found
  const decimals = part.replace(/0+$/, '')
  if (decimals.length > 2) return { wrong: '面积最多写两位小数' }
  const value = Number(whole) * 100 + Number(decimals.padEnd(2, '0'))
  if (value === 0) return { wrong: '面积不能为零；车位、储藏室请在“用途”列注明' }
  if (value > MOST_AREA) return { wrong: '面积过大，请核对单位是否为平方米' }
  return { value }
}

const MOST = 1_000_000

/** `1/2`, `50%`, `0.5`, `1` → an exact fraction. */
export const readShare = (text: string): Value<Fraction> => {
  const wrong = { wrong: `“${text}”不是份额，请写分数，如 1/2（单元格设为文本格式）` }
  const plain = text.replace(/\s/g, '').replace('⁄', '/')
  const fraction = /^(\d{1,7})\/(\d{1,7})$/.exec(plain)
  const decimal = /^(\d{1,3})(?:\.(\d{1,6}))?(%?)$/.exec(plain)
  let value: Fraction
  if (fraction) value = { numerator: Number(fraction[1]), denominator: Number(fraction[2]) }
  else if (decimal) {
    const [, whole = '', part = '', percent] = decimal
    const digits = part.replace(/0+$/, '')
    value = {
      numerator: Number(whole + digits),
      denominator: 10 ** digits.length * (percent === '%' ? 100 : 1),
    }
  } else return wrong
  const { numerator, denominator } = value
  if (numerator === 0 || denominator === 0) return { wrong: '份额不能为零' }
  if (numerator > denominator) return { wrong: '份额不能大于 1；分数请把单元格设为文本格式，如 1/2' }
  return denominator > MOST ? wrong : { value }
}

/** Identity papers written differently are one: case and spaces do not count. Null when it is none. */
export const readIdentity = (text: string): string | null => {
  const plain = text.replace(/[\s-]/g, '').toUpperCase()
  return /^[0-9A-Z()]{6,30}$/.test(plain) ? plain : null
}
