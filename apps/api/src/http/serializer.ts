import { isMedia, type RouteContract } from '@tongxin/contract'
import fastJson from 'fast-json-stringify'
import * as z from 'zod'

type JsonSchema = Record<string, unknown>

/** Written out in place: references are resolved, and `X or null` becomes a nullable X, which needs no trial matching. */
function simplify(node: unknown, definitions: Record<string, unknown>, inside: readonly string[]): unknown {
  if (Array.isArray(node)) return node.map((item) => simplify(item, definitions, inside))
  if (typeof node !== 'object' || node === null) return node
  const schema = node as JsonSchema
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace('#/$defs/', '')
    // A schema that contains itself is written as plain JSON below its first level.
    if (inside.includes(name)) return {}
    return simplify(definitions[name], definitions, [...inside, name])
  }
  const result: JsonSchema = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$schema' || key === '$defs' || key === 'id' || key === 'description' || key === 'pattern') continue
    result[key] =
      key === 'properties'
        ? Object.fromEntries(
            Object.entries(value as JsonSchema).map(([name, property]) => [
              name,
              simplify(property, definitions, inside),
            ]),
          )
        : key === 'enum' || key === 'const' || key === 'required'
          ? value
          : simplify(value, definitions, inside)
  }
  const choices = result.anyOf as JsonSchema[] | undefined
  if (choices?.length === 2) {
    const present = choices.filter((choice) => choice.type !== 'null')
    if (present.length === 1) {
      const { anyOf: _, ...rest } = result
      return { ...rest, ...present[0], nullable: true }
    }
  }
  return result
}

/** A function writing values of this schema as JSON; what the schema does not name is left out. */
export function compileSerializer(schema: z.core.$ZodType): (value: unknown) => string {
  const json = z.toJSONSchema(schema, { io: 'output' }) as JsonSchema
  const definitions = (json.$defs ?? {}) as Record<string, unknown>
  return fastJson(simplify(json, definitions, []) as fastJson.AnySchema)
}

const compiled = new WeakMap<RouteContract, Map<number, (value: unknown) => string>>()

/**
 * One writer per JSON response of the route, compiled when its first answer is written: hundreds of routes would hold up the start for
 * seconds on a small machine.
 */
export function writersOf(contract: RouteContract): Map<number, (value: unknown) => string> {
  const known = compiled.get(contract)
  if (known) return known
  const writers = new Map<number, (value: unknown) => string>()
  for (const [status, schema] of Object.entries(contract.responses)) {
    if (schema && !isMedia(schema)) writers.set(Number(status), compileSerializer(schema))
  }
  compiled.set(contract, writers)
  return writers
}
