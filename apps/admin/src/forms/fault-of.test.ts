import type { BodyField } from '@tongxin/client'
import * as known from '@tongxin/client/fields'
import { routes } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { type Fault, faultOf } from './fault-of.ts'
import { type Fields, isField } from './use-form.ts'

const text = { type: 'text', least: 2, most: 5 } as const
const list = { type: 'choices', least: 2, most: 3 } as const

it.each<[string, BodyField, unknown, boolean, Fault | undefined]>([
  ['a text that is needed', text, '', true, { is: 'required' }],
  ['nothing but blanks', text, ' \n\t ', true, { is: 'required' }],
  ['nothing at all', text, undefined, true, { is: 'required' }],
  ['a text that may be left out', text, '', false, undefined],
  ['a text too short', text, 'a', false, { is: 'too_short', count: 2 }],
  ['too short but for the blanks around it', text, '  a  ', true, { is: 'too_short', count: 2 }],
  ['just long enough', text, 'ab', true, undefined],
  ['just short enough, whatever stands around it', text, '  abcde\n', true, undefined],
  ['a text too long', text, 'abcdef', true, { is: 'too_long' }],
  ['a text without a limit', { type: 'text' }, 'a'.repeat(100_000), true, undefined],
  ['a number that is needed', { type: 'integer', least: 1, most: 9 }, null, true, { is: 'required' }],
  ['nought', { type: 'number' }, 0, true, undefined],
  ['a choice that is needed', { type: 'choice', options: ['a'] }, undefined, true, { is: 'choose' }],
  ['a day that is needed', { type: 'date' }, '', true, { is: 'choose' }],
  ['an instant that is needed', { type: 'instant' }, undefined, true, { is: 'choose' }],
  ['a decision that is needed', { type: 'boolean' }, undefined, true, { is: 'choose' }],
  ['a decision against', { type: 'boolean' }, false, true, undefined],
  ['a list of which one must be chosen', list, [], true, { is: 'choose' }],
  ['a list that must be there and may be empty', { type: 'choices', most: 3 }, [], true, undefined],
  ['too few', list, ['a'], true, { is: 'too_few', count: 2 }],
  ['just enough', list, ['a', 'b'], true, undefined],
  ['too many', list, ['a', 'b', 'c', 'd'], false, { is: 'too_many', count: 3 }],
])('finds fault with %s as it must', (_, of, value, needed, fault) => {
  expect(faultOf(of, value, needed)).toEqual(fault)
})

/** What must be known of one of the contract's schemas. */
interface Schema {
  def: {
    type: string
    innerType?: Schema
    options?: Schema[]
    left?: Schema
    right?: Schema
    in?: Schema
    element?: Schema
    shape?: Record<string, Schema>
    checks?: { _zod: { def: { check: string } } }[]
  }
  safeParse(value: unknown): { error?: { issues: { code: string; path: unknown[] }[] } }
}
/** The schemas of what stands at a path: of a union, one of each branch that has it. */
function schemasAt(schema: Schema | undefined, path: readonly string[]): Schema[] {
  if (schema === undefined) return []
  const { type, innerType, options, left, right, in: from, element, shape } = schema.def
  if (type === 'union') return (options ?? []).flatMap((option) => schemasAt(option, path))
  if (type === 'intersection') return [left, right].flatMap((side) => schemasAt(side, path))
  if (innerType ?? from) return schemasAt(innerType ?? from, path)
  const [name, ...below] = path
  if (name === undefined) return [schema]
  return element ? schemasAt(element, path) : schemasAt(shape?.[name], below)
}
/** What it says of anything but the length only the server knows. */
const lets = (schema: Schema, value: unknown) => {
  const issues = schema.safeParse(value).error?.issues ?? []
  return !issues.some(({ code, path }) => path.length === 0 && (code === 'too_small' || code === 'too_big'))
}
const fieldsIn = (fields: Fields, path: readonly string[] = []): [string[], BodyField][] =>
  Object.entries(fields).flatMap(([name, part]) =>
    isField(part) ? [[[...path, name], part]] : fieldsIn(part, [...path, name]),
  )
/** A password is taken as it is; of other texts the blanks around them do not count. */
const isTrimmed = ({ def }: Schema) => (def.checks ?? []).some(({ _zod }) => _zod.def.check === 'overwrite')

/** Of every length at which the answer may change. */
function valuesOf({ type, least = 0, most = 40 }: BodyField, isTrimmed: boolean): (string | string[])[] {
  const lengths = [least - 1, least, least + 1, most - 1, most, most + 1].filter((length) => length > 0)
  if (type === 'choices') return lengths.map((length) => Array.from({ length }, () => 'x'))
  const texts = lengths.map((length) => 'x'.repeat(length))
  return isTrimmed ? [...texts, ...texts.map((one) => ` ${one}\n`)] : texts
}

it.each(Object.entries(known as Record<string, Record<string, Fields>>))(
  'lets nothing of %s through that is longer or shorter than the contract takes it',
  (feature, ofRoutes) => {
    const contracts = routes[feature as keyof typeof routes] as unknown as Record<
      string,
      { body?: Schema; query?: Schema }
    >
    for (const [route, fields] of Object.entries(ofRoutes))
      for (const [path, of] of fieldsIn(fields).filter(([, { type }]) => type === 'text' || type === 'choices')) {
        const { body, query } = contracts[route] ?? {}
        const schemas = [...schemasAt(body, path), ...schemasAt(query, path)]
        expect(schemas.length, `${route} ${path.join('.')}`).toBeGreaterThan(0)
        const refused = valuesOf(of, schemas.every(isTrimmed)).filter(
          (value) => faultOf(of, value, true) === undefined && !schemas.some((schema) => lets(schema, value)),
        )
        expect(refused, `${route} ${path.join('.')}`).toEqual([])
      }
  },
)
