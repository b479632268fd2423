import type { Deps } from './deps.ts'
import { councilStage } from './features/council/index.ts'
import { evaluationStage } from './features/evaluation/index.ts'
import { inboxStage } from './features/inbox/index.ts'
import { type Door, openDoor, type Stage } from './features/issues/index.ts'
import { officeStage } from './features/office/index.ts'
import { sittingStage } from './features/sittings/index.ts'
import { streetStage } from './features/street/index.ts'
import { unitsStage } from './features/units/index.ts'

/**
 * What stands behind the door: the stages, what the duty lists of units say, the sittings in which some actions are decided, and who
 * is told of them.
 */
const stages: readonly Stage[] = [
  councilStage,
  officeStage,
  unitsStage,
  evaluationStage,
  streetStage,
  sittingStage,
  inboxStage,
]

const doors = new WeakMap<Deps, Door>()

/** The whole loop: the one door through which issues change. */
export const loop = (deps: Deps): Door => {
  let door = doors.get(deps)
  if (!door) {
    door = openDoor(deps, stages)
    doors.set(deps, door)
  }
  return door
}
