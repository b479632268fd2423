import { type RouteContract, routes } from '@tongxin/contract'
import { openApiDocument } from '@tongxin/contract/openapi'

/** What of the document's JSON schemas says how long a text may be, or where one stands. */
interface Schema {
  $ref?: string
  maxLength?: number
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** The most characters of a text, or of the texts below. */
type Limits = number | { [field: string]: Limits }

type Document = ReturnType<typeof openApiDocument>
type Operation = NonNullable<NonNullable<Document['paths']>[string]['post']>

/** Of what the branches of a union say of one text the largest holds: that much can be sent. */
function joined(one: Limits | undefined, other: Limits | undefined): Limits | undefined {
  if (one === undefined || other === undefined) return one ?? other
  if (typeof one === 'number' && typeof other === 'number') return Math.max(one, other)
  if (typeof one === 'number' || typeof other === 'number') throw new Error('Text in one branch, fields in another')
  const fields = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...fields].map((field) => [field, joined(one[field], other[field]) as Limits]))
}

function limitsOf(schema: Schema, named: Record<string, Schema>): Limits | undefined {
  if (schema.$ref) return limitsOf(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, named)
  if (schema.maxLength !== undefined) return schema.maxLength
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const limits = limitsOf(field, named)
    return limits === undefined ? [] : [[name, limits] as const]
  })
  const below = [schema.items, schema.anyOf, schema.oneOf, schema.allOf].flatMap((part) => part ?? [])
  return [
    fields.length > 0 ? Object.fromEntries(fields) : undefined,
    ...below.map((part) => limitsOf(part, named)),
  ].reduce(joined)
}

/** What a caller writes: the body, and the query but for the cursor, which is only handed back. */
function inputOf({ requestBody, parameters = [] }: Operation): Schema {
  const [body] = Object.values(
    (requestBody as { content?: Record<string, { schema: Schema }> } | undefined)?.content ?? {},
  )
  const query = (parameters as { in: string; name: string; schema: Schema }[]).filter(
    (parameter) => parameter.in === 'query' && parameter.name !== 'cursor',
  )
  const properties = Object.fromEntries(query.map(({ name, schema }) => [name, schema]))
  return { allOf: [{ properties }, ...(body ? [body.schema] : [])] }
}

/** Written as Biome would, on one line where there is room. */
function written(name: string, limits: Limits, indent = '  '): string {
  if (typeof limits === 'number') return `${indent}${name}: ${limits},\n`
  const flat = (part: Limits): string =>
    typeof part === 'number'
      ? String(part)
      : `{ ${Object.entries(part)
          .map(([field, below]) => `${field}: ${flat(below)}`)
          .join(', ')} }`
  const line = `${indent}${name}: ${flat(limits)},`
  if (line.length <= 120) return `${line}\n`
  const lines = Object.entries(limits).map(([field, below]) => written(field, below, `${indent}  `))
  return `${indent}${name}: {\n${lines.join('')}${indent}},\n`
}

/** The text of src/limits.ts. */
export function limitsText(): string {
  const { paths = {}, components } = openApiDocument()
  const named = (components?.schemas ?? {}) as Record<string, Schema>
  const operations = Object.values(paths).flatMap((path) => Object.values(path) as Operation[])
  const limits = new Map(operations.map((operation) => [operation.operationId, limitsOf(inputOf(operation), named)]))
  const features = Object.entries(routes as Record<string, Record<string, RouteContract>>).map(
    ([feature, contracts]) => {
      const lines = Object.entries(contracts).flatMap(([name, { operationId }]) => {
        const ofRoute = limits.get(operationId)
        return ofRoute === undefined ? [] : [written(name, ofRoute)]
      })
      return lines.length > 0 ? `export const ${feature} = {\n${lines.join('')}} as const\n` : ''
    },
  )
  return `// How many characters each text that a route takes may have. Made from the contract by \`npm run openapi\`; not to be edited.\n${features.join('')}`
}
