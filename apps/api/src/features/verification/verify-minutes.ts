import { subjectName } from '@tongxin/evidence'
import type { Tx } from '../../db/connect.ts'
import { hashOfContent } from '../minutes/index.ts'
import { fail } from './mismatch.ts'
import { streamMinutes } from './verification.queries.ts'

/**
 * The text of all minutes against the hash beside it; that the hash is the one in the chain, the replay of their row has shown.
 * @throws MismatchError
 */
export const verifyMinutes = async (tx: Tx): Promise<void> => {
  for await (const { communityCode, id, content, contentHash, hashName } of streamMinutes(tx)) {
    const found = hashOfContent(hashName, content)
    if (found !== contentHash)
      fail(subjectName('meeting', communityCode, id), null, 'minutes.content', contentHash, found)
  }
}
