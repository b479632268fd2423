import { choice, type Guard } from './guard.ts'

/** What the duty lists of units say. */
export const DUTY_GUARDS = {
  within_duty: {
    status: 409,
    zh: '该单位的职责清单写明这类事项不归它办；确须由它办理的，请书记指定',
    en: 'The unit’s duty list says that matters of this category are not for it: only the secretary may designate it',
    freedBy: choice,
    needs: ['duty'],
    ofPayload: true,
    // A disputed dispatch goes to the secretary, whose designation a unit may not return.
    holds: ({ payload, facts: { duty } }) =>
      payload.leadUnitId === undefined || payload.designated === true || duty?.refused === false,
  },
} as const satisfies Record<string, Guard>
