export { findReadable, type Readable } from './find-readable.ts'
export { maskedGivenName, openGivenName } from './given-name.ts'

export {
  findImported,
  type ImportDoor,
  importIssues,
  type KnownImport,
  updateImported,
} from './import-issues.ts'

export { lockIssue, STORED, type StoredRow, toRow, yearOf } from './issue-row.ts'
export { type Scope, scopeOf, type View } from './issues.policy.ts'
export { presentItem, titleIn } from './issues.present.ts'
export { serveIssues } from './issues.routes.ts'
export { LIST_COLUMNS, type ListRow, type Where, whereOf } from './list-issues.ts'

export { mayReadPhoto } from './may-read-photo.ts'
export { openDoor } from './own-stage.ts'
export { placeIn, raiseIssue } from './raise-issue.ts'
export { replayedEndorsements } from './replay-endorsements.ts'
export { searchPieces } from './search-pieces.ts'
export type { Addition, Decided, Effects, IssueKey, Stage } from './stage.ts'
export { CALLED, NO_RELATION, rulesActor, unitsOf } from './standing.ts'
export { type Door, takeAction, takeSystemAction } from './take-action.ts'
export { tellRaiser, tellRaisers } from './tell-raisers.ts'
export { wakeIssues } from './wake-issues.ts'
