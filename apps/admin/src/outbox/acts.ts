import type { ApiProblem, ProblemCode } from '@tongxin/client'
import { type Action, isMove } from '@tongxin/lifecycle'

/** Something somebody did that is to be sent. */
export interface Act {
  /** Its Idempotency-Key, made as the button was pressed: however often it is sent, it is done once. */
  id: string
  /** What is done to one subject goes one after the other. */
  subject: string
  /** The route, by feature and name. */
  route: readonly [feature: string, name: string]
  params?: Record<string, string>
  body: Record<string, unknown>
  ifMatch?: number
  /** The field of the body that holds this device's time, which may be wrong: left out where the server says so. */
  deviceTime?: string
  /** What it was, for whoever looks through what waits. */
  what: Action | 'raise' | 'check_in'
  title: string
  /** Whose photos these are: the code of the community. */
  community: string
  /** The page it was done on. */
  page: string
  /** What its form is filled from when it goes back there; `rest`: what waits beside the form, and stays with it. */
  draft?: { name: string; content: unknown; rest?: unknown }
}

/** An act that is kept on this device until it is sent. */
export interface KeptAct extends Act {
  personId: string
  /** Milliseconds. */
  pressedAt: number
  /** When it was first sent without an answer, milliseconds. */
  triedAt?: number
  /** Photos of its body that were sent already: the device's name and the server's. */
  uploaded: Record<string, string>
  /** `refused`: the server said no; `unsure`: it may have been done, and the server no longer knows. Both are its writer's to decide. */
  state: 'waiting' | 'refused' | 'unsure'
  problem?: { code: ProblemCode; message: string; title: string }
}

const HOUR_MS = 3_600_000
/** The server keeps the keys of writes for 24 hours; what is sent again after that might be done twice. */
const SURE_FOR_MS = 20 * HOUR_MS

/** Whether it may be sent again without asking: also a clock that was put back makes it unsure. */
export const isSure = ({ triedAt }: KeptAct, now: number): boolean =>
  triedAt === undefined || Math.abs(now - triedAt) < SURE_FOR_MS

/** The first that waits and has nothing of its subject before it. `acts` in the order in which they were done. */
export function nextOf(acts: readonly KeptAct[]): KeptAct | undefined {
  const held = new Set<string>()
  for (const act of acts) {
    if (act.state === 'waiting' && !held.has(act.subject)) return act
    held.add(act.subject)
  }
  return undefined
}

/** Of the acts on one subject: whether this action is not to be offered until they are sent. */
export const isHeld = (acts: readonly Act[], action: Action): boolean =>
  acts.some(({ what }) =>
    what === action ? action !== 'progress' : isMove(action) && what !== 'raise' && what !== 'check_in' && isMove(what),
  )

/** What is to come of an act that the server did not take: tried again, signed in for, its photos sent anew, or put before its writer. */
export function verdictOn(
  problem: Pick<ApiProblem, 'status' | 'code'>,
  act: Pick<KeptAct, 'uploaded'>,
): 'later' | 'sign_in' | 'photos_again' | 'refused' {
  if (problem.status === 401) return 'sign_in'
  if (problem.status === 0 || problem.status === 429 || problem.status >= 500) return 'later'
  if (problem.code === 'request_in_progress') return 'later'
  // A photo that no act took within a day is gone from the server; the device still has it.
  if (problem.code === 'attachment_not_found' && Object.keys(act.uploaded).length > 0) return 'photos_again'
  return 'refused'
}

const ON_DEVICE = 'device:'
export const newDevicePhoto = (): string => ON_DEVICE + crypto.randomUUID()
export const isOnDevice = (photo: string): boolean => photo.startsWith(ON_DEVICE)

/** The photos in a body, or any part of one, that are on this device only. */
export function devicePhotosIn(part: unknown): string[] {
  if (typeof part === 'string') return isOnDevice(part) ? [part] : []
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(devicePhotosIn) : []
}

/** The same with the server's names for photos in place of the device's. */
export function withUploaded<T>(part: T, uploaded: Readonly<Record<string, string>>): T {
  if (typeof part === 'string') return (uploaded[part] ?? part) as T
  if (Array.isArray(part)) return part.map((each) => withUploaded(each, uploaded)) as T
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withUploaded(value, uploaded)])) as T
}
