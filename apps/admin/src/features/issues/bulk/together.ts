import type { IssueDetail } from '@tongxin/contract'
import type { Action, Field, FieldName } from '@tongxin/lifecycle'
import {
  type FieldFault,
  type FormField,
  faultsIn,
  fieldsOf,
  payloadFrom,
  startingValues,
  type Values,
} from '@tongxin/web'

type Offer = IssueDetail['allowedActions'][number]

/** What is said in the words of one matter, or names something that belongs to one alone. */
const OF_ONE: ReadonlySet<Field['names']> = new Set(['motion', 'household', 'raiser', 'objection', 'rating', 'handler'])
const OF_ONE_TYPES: ReadonlySet<Field['type']> = new Set<Field['type']>(['photos', 'parts', 'position', 'outcomes'])
const PUBLIC_TEXTS: readonly FieldName[] = ['publicTitle', 'publicText']

const isOfOne = ({ name, field }: FormField) =>
  name === 'unitId' || OF_ONE.has(field.names) || OF_ONE_TYPES.has(field.type)
const isPublicText = ({ name }: FormField) => PUBLIC_TEXTS.includes(name)

/** What the public reads is looked at before, matter by matter, also where no rule would take anything out. */
const needsLook = (fields: readonly FormField[], values: Values): boolean =>
  fields.some((field) => isPublicText(field) && (field.required || values[field.name] !== undefined))

/** Both were approved before. */
const isSet = ({ publicTitle, publicText }: IssueDetail) => publicTitle !== null && publicText !== null

export type Fit = 'fit' | 'not_allowed' | 'one_by_one' | 'look'

/** Whether this can be done to the matter together with others. */
export function fitOf(issue: IssueDetail, action: Action): { fit: Fit; offer?: Offer } {
  const offer = issue.allowedActions.find((each) => each.action === action)
  if (!offer) return { fit: 'not_allowed' }
  const values = startingValues(action, issue)
  const fields = fieldsOf({ action, as: offer.as, issue, values })
  if (fields.some((field) => field.required && isOfOne(field))) return { fit: 'one_by_one', offer }
  return { fit: needsLook(fields, values) && !isSet(issue) ? 'look' : 'fit', offer }
}

/** The fields that are asked once for all. */
export const sharedFields = (fields: readonly FormField[]): FormField[] =>
  fields.filter((field) => !isOfOne(field) && !isPublicText(field))

/** Everything that can be done to at least one of them, with how many; what fits most comes first. */
export function actionsFor(issues: readonly IssueDetail[]): { action: Action; fits: number }[] {
  const offered = new Set(issues.flatMap(({ allowedActions }) => allowedActions.map(({ action }) => action)))
  return [...offered]
    .map((action) => ({ action, fits: issues.filter((issue) => fitOf(issue, action).fit === 'fit').length }))
    .filter(({ fits }) => fits > 0)
    .toSorted((a, b) => b.fits - a.fits)
}

/**
 * What is sent for one matter: what is said for all, and where nothing is said what is known of this one.
 * @returns the body, or what it lacks
 */
export function bodyFor(
  issue: IssueDetail,
  offer: Offer,
  said: Values,
): { body: Values; faults: Partial<Record<FieldName, FieldFault>> } {
  const given = Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined && value !== '' && !isEmptyList(value)),
  )
  const values = { ...startingValues(offer.action, issue), ...given }
  const fields = fieldsOf({ action: offer.action, as: offer.as, issue, values })
  return { body: payloadFrom(fields, values), faults: faultsIn(fields, values) }
}
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0

const LISTS: ReadonlySet<Field['type']> = new Set<Field['type']>(['choices'])
/** Nothing is said yet, and nothing is known of all of them. */
export const nothingSaid = (fields: readonly FormField[]): Values =>
  Object.fromEntries(fields.map(({ name, field }) => [name, LISTS.has(field.type) ? [] : undefined]))
