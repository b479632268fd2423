import { createHash } from 'node:crypto'
import { CALL_BACK_SCRIPT_VERSION } from '@tongxin/contract'
import { expect, it } from 'vitest'
import { judgingEn } from './judging.en.ts'
import { judgingZh } from './judging.zh.ts'

/** What each version of the wording was: a call on record names its version, so a version's words never change. */
const WORDINGS: Record<number, string> = {
  1: 'cb2b313864f154c8',
}

it('the words read out in a call-back are those of their version: other words are another version', () => {
  const words = JSON.stringify([judgingZh.script, judgingEn.script])
  const hash = createHash('sha256').update(words).digest('hex').slice(0, 16)
  expect(hash).toBe(WORDINGS[CALL_BACK_SCRIPT_VERSION])
})
