import { makePublicId } from '@tongxin/contract'
import type { Cipher } from '../../personal-data/cipher.ts'
import type { IssueKey } from './stage.ts'

/** WGS-84 degrees. */
export interface Position {
  latitude: number
  longitude: number
}

const contextOf = ({ communityCode, id }: IssueKey, seq: number) =>
  `issues.position:${makePublicId(communityCode, id)}:${seq}`

/** Where somebody's phone was, as the event keeps it: for the event `seq` of this issue alone. */
export const sealPosition = (cipher: Cipher, key: IssueKey, seq: number, position: unknown): string =>
  cipher.encrypt(JSON.stringify(position), contextOf(key, seq))

export const openPosition = (cipher: Cipher, key: IssueKey, seq: number, sealed: unknown): Position | null =>
  typeof sealed === 'string' ? JSON.parse(cipher.decrypt(sealed, contextOf(key, seq))) : null
