export { chainEvent, insertEvents } from '../../evidence/append-event.ts'
export { findReadable, type Readable } from './find-readable.ts'
export { maskedGivenName, openGivenName } from './given-name.ts'
export {
  findImported,
  type ImportDoor,
  importIssues,
  type KnownImport,
  updateImported,
} from './import-issues.ts'
export { findIssue, type IssueRow, insertColumns, insertValues, lockIssue, takeNumbers, yearOf } from './issue-row.ts'
export { type Scope, scopeOf, type View, viewOf } from './issues.policy.ts'
export { serveIssues } from './issues.routes.ts'
export { COUNT_LIMIT, countIssues, type Where, whereOf } from './list-issues.ts'
export { lookAtIssue } from './look-at-issue.ts'
export { mayReadPhoto } from './may-read-photo.ts'
export { openDoor } from './own-stage.ts'
export { raiseIssue } from './raise-issue.ts'
export type { Acting, Addition, Decided, Effects, FactLoaders, IssueKey, Stage } from './stage.ts'
export { findRelation, placeOf, type Relation, rolesAt, unitsOf } from './standing.ts'
export { type Command, type Door, type Outcome, takeAction, takeSystemAction } from './take-action.ts'
export { tellRaisers } from './tell-raisers.ts'
