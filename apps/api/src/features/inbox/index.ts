export { serveInbox } from './inbox.routes.ts'
export { inboxStage } from './inbox.stage.ts'
export { purgeInbox } from './purge-inbox.ts'
export { tellOfficers } from './tell-officers.ts'
