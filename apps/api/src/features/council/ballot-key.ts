import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import { BALLOT_KEY_BITS, ballotMessage } from '@tongxin/contract'

const generate = promisify(generateKeyPair)
/** Of RSABSSA-SHA384-PSS-Randomized (RFC 9474, section 5). */
const SALT_BYTES = 48

export interface BallotKey {
  /** SPKI in base64. */
  publicKey: string
  /** PKCS #8 in base64. */
  privateKey: string
}

/** A key for the papers of one motion. */
export const makeBallotKey = async (): Promise<BallotKey> => {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: BALLOT_KEY_BITS })
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  }
}

const RAW = constants.RSA_NO_PADDING

/**
 * BlindSign of RFC 9474: the bare RSA private operation, by OpenSSL, whose time does not depend on the key; and its check against a
 * fault, which would give the key away.
 * @param blinded as many bytes as the modulus has
 * @returns null when it is no number below the modulus
 */
export const signBlinded = (privateKey: string, blinded: Buffer): Buffer | null => {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
  let signed: Buffer
  try {
    signed = privateDecrypt({ key, padding: RAW }, blinded)
  } catch {
    return null
  }
  if (!publicEncrypt({ key: createPublicKey(key), padding: RAW }, signed).equals(blinded))
    throw new Error('A blind signature does not verify')
  return signed
}

const publicKeyOf = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })

/** Whether papers bear the signature of this motion's key. */
export const paperChecker = (motionId: string, publicKey: string) => {
  const message = Buffer.from(ballotMessage(motionId), 'utf8')
  const key = { key: publicKeyOf(publicKey), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES }
  return ({ token, signature }: { token: string; signature: string }): boolean =>
    verify(
      'sha384',
      Buffer.concat([Buffer.from(token, 'base64url'), message]),
      key,
      Buffer.from(signature, 'base64url'),
    )
}
