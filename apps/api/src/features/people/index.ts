export { assertVisible, MAY_CHANGE, maySee } from './people.policy.ts'
export { presentPerson } from './people.present.ts'
export { findPerson, findPersonByPhoneHash, holdPerson, holdPersonByPhoneHash, lockPerson } from './people.queries.ts'
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
