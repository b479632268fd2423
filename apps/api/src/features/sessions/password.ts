import { hash, verify } from '@node-rs/argon2'

// argon2id with OWASP's parameters: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

// Checked in place of an account that does not exist, so that both answers take the same time.
let decoy: Promise<string> | undefined

/** Whether the password belongs to the hash; null (no such account) takes as long and is false. */
export async function checkPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash !== null) return verify(passwordHash, password)
  decoy ??= hashPassword('no account has this password')
  await verify(await decoy, password)
  return false
}
