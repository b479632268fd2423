export { maySee } from './people.policy.ts'
export { findPerson, findPersonByPhoneHash } from './people.queries.ts'
export { servePeople } from './people.routes.ts'
export {
  maskedName,
  maskedPhone,
  openName,
  openPhone,
  type SealedPerson,
  sealName,
  sealPhone,
} from './personal-fields.ts'
export { recordAudit } from './record-audit.ts'
export { registerPerson } from './register-person.ts'
