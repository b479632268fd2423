import { type RouteContract, routes } from '@tongxin/contract'
import { openApiDocument } from '@tongxin/contract/openapi'
import type { BodyField } from '../src/body-field.ts'

/** What of the document's JSON schemas says what a form must know of a field. */
interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: readonly string[]
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  required?: readonly string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}
type Named = Record<string, Schema>

/** One field, or those below. */
type Fields = BodyField | { [field: string]: Fields }

type Document = ReturnType<typeof openApiDocument>
type Operation = NonNullable<NonNullable<Document['paths']>[string]['post']>

const isField = (part: Fields): part is BodyField => typeof part.type === 'string'

/** Of what the branches of a union say of one field the widest holds: that much can be sent. */
function joinedField(one: BodyField, other: BodyField, both: boolean): BodyField {
  const least = [one.least, other.least].filter((bound) => bound !== undefined)
  const most = [one.most, other.most].filter((bound) => bound !== undefined)
  const options = one.options && other.options && [...new Set([...one.options, ...other.options])]
  const needed = both ? one.required && other.required : one.required || other.required
  return {
    type: one.type,
    ...(needed && { required: true as const }),
    ...(least.length > 0 && (!both || least.length === 2) && { least: Math.min(...least) }),
    ...(most.length > 0 && { most: Math.max(...most) }),
    ...((options ?? one.options ?? other.options) && { options: options ?? one.options ?? other.options }),
  }
}
const optional = (part: Fields): Fields => {
  if (!isField(part)) return part
  const { required: _, ...rest } = part
  return rest
}
/** `both`: the parts of a union, of which only what all need is needed; the parts of one thing otherwise. */
function joined(one: Fields | undefined, other: Fields | undefined, both: boolean): Fields | undefined {
  if (one === undefined || other === undefined) return one ?? other
  if (isField(one) && isField(other)) return joinedField(one, other, both)
  if (isField(one) || isField(other)) throw new Error('A field in one branch, several in another')
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries(
    [...names].map((name) => {
      const part = joined(one[name], other[name], both) as Fields
      return [name, both && !(name in one && name in other) ? optional(part) : part]
    }),
  )
}

function leafOf(schema: Schema): BodyField | undefined {
  const { type, format } = schema
  const is = (name: string) => type === name || (Array.isArray(type) && type.includes(name))
  if (schema.enum) return { type: 'choice', options: schema.enum }
  if (is('boolean')) return { type: 'boolean' }
  if (is('integer') || is('number')) {
    const { minimum: least, maximum: most } = schema
    return {
      type: is('integer') ? 'integer' : 'number',
      ...(least !== undefined && { least }),
      ...(most !== undefined && { most }),
    }
  }
  if (!is('string')) return undefined
  if (format === 'date-time') return { type: 'instant' }
  if (format === 'date') return { type: 'date' }
  if (format === 'binary') return undefined
  const { minLength: least, maxLength: most } = schema
  return { type: 'text', ...(least !== undefined && { least }), ...(most !== undefined && { most }) }
}

function listOf(schema: Schema, named: Named): Fields | undefined {
  const item = fieldsOf(schema.items ?? {}, named)
  if (!item || !isField(item)) return item
  const { minItems: least, maxItems: most } = schema
  return {
    type: 'choices',
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
    ...(item.options && { options: item.options }),
  }
}

function fieldsOf(schema: Schema, named: Named): Fields | undefined {
  if (schema.$ref) return fieldsOf(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, named)
  if (schema.type === 'array') return listOf(schema, named)
  const leaf = leafOf(schema)
  if (leaf) return leaf
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const part = fieldsOf(property, named)
    if (part === undefined) return []
    if (!isField(part) || !schema.required?.includes(name)) return [[name, part] as const]
    const { type, ...rest } = part
    return [[name, { type, required: true as const, ...rest }] as const]
  })
  const branches = (parts: Schema[] | undefined, both: boolean) =>
    (parts ?? [])
      .filter(({ type }) => type !== 'null')
      .map((part) => fieldsOf(part, named))
      .reduce((one, other) => joined(one, other, both), undefined)
  return [
    own.length > 0 ? Object.fromEntries(own) : undefined,
    branches(schema.anyOf, true),
    branches(schema.oneOf, true),
    branches(schema.allOf, false),
  ].reduce((one, other) => joined(one, other, false))
}

/** What a caller writes: the body, and of the query the texts but for the cursor, which is only handed back. */
function inputOf({ requestBody, parameters = [] }: Operation): Schema {
  const [body] = Object.values(
    (requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content ?? {},
  )
  const query = (parameters as { in: string; name: string; schema: Schema }[]).filter(
    ({ in: place, name, schema }) => place === 'query' && name !== 'cursor' && schema.maxLength !== undefined,
  )
  const properties = Object.fromEntries(query.map(({ name, schema }) => [name, schema]))
  return { allOf: [{ properties }, ...(body ? [body.schema] : [])] }
}

const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, below]) => `${name}: ${literal(below)}`)
      .join(', ')} }`
  return typeof value === 'string' ? `'${value}'` : String(value)
}
/** Written as Biome would, on one line where there is room. */
function written(value: unknown, lead: string, indent: string): string {
  const line = `${indent}${lead}${literal(value)},`
  if (line.length <= 120 || typeof value !== 'object' || value === null) return `${line}\n`
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const lines = Object.entries(value).map(([name, below]) =>
    written(below, Array.isArray(value) ? '' : `${name}: `, `${indent}  `),
  )
  return `${indent}${lead}${open}\n${lines.join('')}${indent}${close},\n`
}

/** The text of src/fields.ts. */
export function fieldsText(): string {
  const { paths = {}, components } = openApiDocument()
  const named = (components?.schemas ?? {}) as Named
  const operations = Object.values(paths).flatMap((path) => Object.values(path) as Operation[])
  const fields = new Map(operations.map((operation) => [operation.operationId, fieldsOf(inputOf(operation), named)]))
  const features = Object.entries(routes as Record<string, Record<string, RouteContract>>).map(
    ([feature, contracts]) => {
      const lines = Object.entries(contracts).flatMap(([name, { operationId }]) => {
        const ofRoute = fields.get(operationId)
        return ofRoute === undefined ? [] : [written(ofRoute, `${name}: `, '  ')]
      })
      return lines.length > 0 ? `export const ${feature} = {\n${lines.join('')}} as const\n` : ''
    },
  )
  return `// What each route takes, field by field. Made from the contract by \`npm run openapi\`; not to be edited.\n${features.join('')}`
}
