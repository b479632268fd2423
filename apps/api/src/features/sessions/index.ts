export { createAccount } from './create-account.ts'
export { openSession } from './open-session.ts'
export { checkPassword, hashPassword } from './password.ts'
export { purgeSignIns } from './purge-sign-ins.ts'

export { serveSessions } from './sessions.routes.ts'
export { countAttempt, uncountAttempt } from './throttle.ts'
export { issueAccessToken } from './tokens.ts'
