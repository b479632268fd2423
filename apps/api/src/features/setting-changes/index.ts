export { serveSettingChanges } from './setting-changes.routes.ts'
