import { routes } from '@tongxin/client'
import { type Action, FIELDS, type Field, type FieldName, LEVELS, STREET_ROUND } from '@tongxin/lifecycle'
import { date, type Situation, type useWords } from '@tongxin/web'
import { api } from '../../../api.ts'
import type { useDirectory } from '../../directory/index.ts'

export interface Choice {
  value: string
  label: string
  group?: string
  /** What to begin with. */
  proposed?: true
}

type Directory = ReturnType<typeof useDirectory>
type Named = ReturnType<typeof useWords>['named']
type Say = (key: string, words: Record<string, string>) => string

const openOrders = async (issueId: string) =>
  (await api.call(routes.office.listIssueWorkOrders, { params: { id: issueId } })).items.filter(
    ({ state }) => state === 'open',
  )

/** Parts that are still open: of a handler their own. */
async function openParts({ as, issue }: Situation): Promise<Choice[]> {
  return (await openOrders(issue.id))
    .filter(({ role, mine }) => role === 'co' && (as !== 'part_handler' || mine))
    .map((order) => ({ value: order.unitId, label: order.unitName }))
}

/** Units that have no order on the matter yet. */
async function addable({ issue }: Situation, directory: Directory, t: Say): Promise<Choice[]> {
  const atWork = new Set((await openOrders(issue.id)).map(({ unitId }) => unitId))
  return unitsFor(directory, issue.categoryCode, ({ id }) => id !== issue.complainedUnitId && !atWork.has(id), t)
}

/** The other handlers of the unit whose order it is. */
async function colleagues({ issue, values }: Situation): Promise<Choice[]> {
  const order = (await openOrders(issue.id)).find(({ unitId, mine }) => mine && unitId === values.unitId)
  if (!order) return []
  const { items } = await api.call(routes.office.listColleagues, { params: { id: order.id } })
  return items.map(({ personId, name }) => ({ value: personId, label: name ?? personId.slice(0, 8) }))
}

type Unit = Directory['units'][number]

/** By its duty list: leads such matters, takes them, says nothing of them, says that they are not for it. */
const standingOf = ({ leads, duties, notDuties }: Unit, category: string | null): number => {
  if (category === null) return 2
  if (leads.includes(category)) return 0
  if (duties.includes(category)) return 1
  return notDuties.includes(category) ? 3 : 2
}

/** Those with the duty come first, the nearest first; the first of them is proposed. */
function unitsFor(directory: Directory, category: string | null, may: (unit: Unit) => boolean, t: Say): Choice[] {
  return directory.units
    .filter((unit) => unit.active && may(unit))
    .map((unit) => ({ unit, standing: standingOf(unit, category) }))
    .toSorted((a, b) => a.standing - b.standing || b.unit.regionCode.length - a.unit.regionCode.length)
    .map(({ unit: { id, name }, standing }, i) => ({
      value: id,
      label: standing === 3 ? t('units.duties.isRefused', { name }) : name,
      ...(i === 0 && standing < 2 && { proposed: true as const }),
    }))
}

/** None that is complained about leads; from the third round on only those of the street do, where it has any. */
function leadUnits(action: Action, issue: Situation['issue'], directory: Directory, t: Say): Choice[] {
  const round = action === 'rectify' || action === 'call_back' ? issue.round + 1 : issue.round
  const street = issue.id.slice(0, 9)
  const streetLeads = round >= STREET_ROUND && directory.units.some((unit) => unit.active && unit.regionCode === street)
  return unitsFor(
    directory,
    issue.categoryCode,
    ({ id, regionCode }) => id !== issue.complainedUnitId && (!streetLeads || regionCode === street),
    t,
  )
}

/** Whom a community may call from its street: never the one complained about. */
const streetUnits = (issue: Situation['issue'], directory: Directory, t: Say): Choice[] =>
  unitsFor(
    directory,
    issue.categoryCode,
    ({ id, regionCode }) => regionCode === issue.id.slice(0, 9) && id !== issue.complainedUnitId,
    t,
  )

/** Those whose agenda is not posted yet. */
async function meetingsAhead(community: string): Promise<Choice[]> {
  const { items } = await api.call(routes.council.listMeetings, { query: { community, state: 'draft', limit: 50 } })
  return items.map((meeting) => ({ value: meeting.id, label: `${date(meeting.heldAt)} ${meeting.title}` }))
}

async function ratingsFor(action: Action, issueId: string, named: Named): Promise<Choice[]> {
  const { items } = await api.call(routes.evaluation.listRatings, { params: { id: issueId } })
  const wanted = items.filter((rating) => {
    if (action === 'call_back') return rating.callBack === 'open'
    if (action === 'follow_up') return rating.followUpAt !== null
    return action === 'decide_contest' ? rating.contest?.state === 'open' : rating.contest === null && !rating.setAside
  })
  return wanted.map((rating) => ({
    value: rating.id,
    label: [named(LEVELS, rating.level), rating.personName, rating.comment?.slice(0, 30)].filter(Boolean).join(' · '),
  }))
}

async function objectionsFor(issueId: string, name: FieldName): Promise<Choice[]> {
  const { items } = await api.call(routes.evaluation.listObjections, { params: { id: issueId } })
  return items
    .filter((objection) => (name === 'reviewOf' ? objection.reviewable : objection.state === 'open'))
    .map((objection) => ({ value: objection.id, label: objection.reason?.slice(0, 60) ?? date(objection.madeAt) }))
}

/** What a picker of ids or codes offers in this situation; `text` is what was typed into its search. */
export async function choicesFor(
  name: FieldName,
  situation: Situation,
  directory: Directory,
  { named, t }: { named: Named; t: Say },
  text = '',
): Promise<Choice[]> {
  const { action, issue } = situation
  const community = issue.id.slice(0, 12)
  const field: Field = FIELDS[name]
  switch (field.names) {
    case 'category':
      return directory.categories.map(({ code, name: label, class: group }) => ({ value: code, label, group }))
    case 'region':
      if (name === 'gridCode') return directory.grids.map(({ code, name: label }) => ({ value: code, label }))
      return (
        await api.call(routes.regions.listRegions, {
          query: { under: community.slice(0, 6), level: 'community', limit: 100 },
        })
      ).items
        .filter(({ code }) => code !== community)
        .map(({ code, name: label }) => ({ value: code, label }))
    case 'unit':
      if (name === 'unitId') return action === 'add_part' ? addable(situation, directory, t) : openParts(situation)
      if (name === 'streetUnitId') return streetUnits(issue, directory, t)
      if (name === 'complainedUnitId') return unitsFor(directory, null, () => true, t)
      return leadUnits(action, issue, directory, t)
    case 'handler':
      return colleagues(situation)
    case 'meeting':
      return meetingsAhead(community)
    case 'rating':
      return ratingsFor(action, issue.id, named)
    case 'objection':
      return objectionsFor(issue.id, name)
    case 'raiser':
      return (await api.call(routes.issues.listRaisers, { params: { id: issue.id } })).items
        .filter((raiser) => raiser.detachedAt === null)
        .map((raiser) => ({
          value: raiser.id,
          label: [raiser.name, raiser.phone].filter(Boolean).join(' ') || raiser.id,
        }))
    case 'household':
      return (await api.call(routes.households.listMyHouseholds)).items.map((each) => ({
        value: each.id,
        label: [each.buildingCode, each.door].filter(Boolean).join(' '),
      }))
    case 'issue':
      return (
        await api.call(routes.issues.listIssues, {
          query: {
            community,
            text: text || undefined,
            state: 'raised,accepted,scheduled,deliberating,adopted,dispatched,handling',
            limit: 20,
          },
        })
      ).items
        .filter(({ id }) => id !== issue.id)
        .map(({ id, number, title }) => ({ value: id, label: `${number} ${title ?? ''}` }))
    default:
      return []
  }
}
