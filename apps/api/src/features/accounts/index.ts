export { serveAccounts } from './accounts.routes.ts'
export { AlreadyFounded, type Founder, foundInstallation } from './found-installation.ts'
export { guardNumber } from './guard-number.ts'
