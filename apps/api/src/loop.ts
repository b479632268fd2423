import type { Deps } from './deps.ts'
import { councilStage } from './features/council/index.ts'
import { evaluationStage } from './features/evaluation/index.ts'
import { type Door, openDoor, type Stage } from './features/issues/index.ts'
import { officeStage } from './features/office/index.ts'
import { unitsStage } from './features/units/index.ts'

/** The three stages that stand behind the door, and what the duty lists of units say. */
const stages: readonly Stage[] = [councilStage, officeStage, unitsStage, evaluationStage]

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
