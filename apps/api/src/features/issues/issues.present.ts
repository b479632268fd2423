import { type IssueDetail, type IssueItem, makePublicId } from '@tongxin/contract'
import { stageOf } from '@tongxin/lifecycle'
import { deIdentify } from '../../personal-data/de-identify.ts'
import type { IssueRow } from './issue-row.ts'
import type { Scope, View } from './issues.policy.ts'
import type { ListRow } from './list-issues.ts'
import type { Relation } from './standing.ts'

const hidden = (text: string | null): string | null => (text === null ? null : deIdentify(text).text)

/** The words a reader of the list or of a file gets. */
export const titleIn = (scope: Scope, row: Pick<ListRow, 'title' | 'publicTitle'>): string | null => {
  if (scope.kind === 'public') return row.publicTitle
  if (scope.kind === 'units' || (scope.kind === 'all' && scope.masked)) return row.publicTitle ?? hidden(row.title)
  return row.title ?? row.publicTitle
}

/** A row of the list as its reader may see it; instants are ISO strings already. */
export const presentItem = (communityCode: string, scope: Scope, row: ListRow): IssueItem => {
  const item = row as unknown as IssueItem & ListRow
  item.title = titleIn(scope, row)
  item.id = makePublicId(communityCode, row.id)
  return item
}

const iso = (at: Date | null): string | null => (at === null ? null : at.toISOString())

type Texts = Pick<IssueDetail, 'title' | 'body' | 'proposedTitle' | 'proposedText'>

/** Which words of the matter this reader gets: the raiser's own, or those without personal data. */
const textsFor = ({ issue }: IssueRow, view: View, relation: Relation): Texts => {
  const approved = { title: issue.publicTitle, body: issue.publicText, proposedTitle: null, proposedText: null }
  if (view === 'public') return approved
  if (view === 'staff') {
    const propose = issue.visibility === 'public' && issue.publicTitle === null
    return {
      title: issue.title ?? issue.publicTitle,
      body: issue.body ?? issue.publicText,
      proposedTitle: propose && issue.title !== null ? deIdentify(issue.title) : null,
      proposedText: propose && issue.body !== null ? deIdentify(issue.body) : null,
    }
  }
  if (view === 'raiser' && relation.ownWords)
    return { ...approved, title: issue.title ?? issue.publicTitle, body: issue.body ?? issue.publicText }
  return { ...approved, title: issue.publicTitle ?? hidden(issue.title), body: issue.publicText ?? hidden(issue.body) }
}

/** The issue without its timeline. Counts of ratings and objections are its raisers' and staff's. */
export const presentIssue = (
  row: IssueRow,
  view: View,
  relation: Relation,
): Omit<IssueDetail, 'promisedAt' | 'resolution' | 'timeline' | 'allowedActions'> => {
  const { key, issue } = row
  return {
    id: makePublicId(key.communityCode, key.id),
    number: row.number,
    ...textsFor(row, view, relation),
    publicTitle: issue.publicTitle,
    publicText: issue.publicText,
    state: issue.state,
    stage: stageOf(issue.state),
    kind: issue.kind,
    visibility: issue.visibility,
    anonymous: issue.anonymous,
    urgency: issue.urgency,
    route: issue.route,
    categoryCode: issue.categoryCode,
    gridCode: issue.gridCode,
    buildingCode: view === 'public' ? null : issue.buildingCode,
    channel: issue.channel,
    round: issue.round,
    version: issue.version,
    result: issue.result,
    raisedAt: issue.raisedAt.toISOString(),
    stateSince: issue.stateSince.toISOString(),
    acceptedAt: iso(issue.acceptedAt),
    publicizedAt: iso(issue.publicizedAt),
    closedAt: iso(issue.closedAt),
    dueClock: issue.dueClock,
    dueAt: iso(issue.dueAt),
    handleDueAt: iso(issue.handleDueAt),
    noticeEndsAt: iso(issue.noticeEndsAt),
    evaluationEndsAt: iso(issue.evaluationEndsAt),
    reviewAt: iso(issue.reviewAt),
    contactedAt: iso(issue.contactedAt),
    extensionAskedFor: iso(issue.extensionAskedFor),
    leadUnitId: issue.leadUnitId,
    endorsingHouseholds: issue.endorsingHouseholds,
    externalSupport: issue.externalSupport,
    complainedUnitId: view === 'staff' || view === 'supervisor' || view === 'raiser' ? issue.complainedUnitId : null,
    raiserCount: issue.raiserCount,
    ratingCount: issue.ratingCount,
    openObjections: issue.openObjections,
    openBadRatings: issue.openBadRatings,
    openParts: issue.openParts,
    mergedInto: issue.mergedInto,
    escalated: issue.escalated,
    supervisionDueAt: iso(issue.supervisionDueAt),
    view,
  }
}
