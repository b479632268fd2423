import { DEMO_PEOPLE } from './people.ts'
import { BUILDING_COUNT, buildingCode, NEIGHBOUR } from './places.ts'

export interface DemoHousehold {
  buildingCode: string
  door: string
  areaHundredths: number
}

const HOUSEHOLDS_PER_BUILDING = 8

/** The homes people live in, and neighbours' until each building has eight; flats of 52 to 118 m². */
export function demoHouseholds(): DemoHousehold[] {
  const buildings = Array.from({ length: BUILDING_COUNT }, (_, i) => buildingCode(i + 1))
  buildings.push(`${NEIGHBOUR}001B01`)
  return buildings.flatMap((code, b) => {
    const doors = new Set(DEMO_PEOPLE.flatMap(({ home }) => (home?.buildingCode === code ? home.door : [])))
    for (let floor = 1; doors.size < HOUSEHOLDS_PER_BUILDING; floor++) {
      for (let entrance = 1; entrance <= 3 && doors.size < HOUSEHOLDS_PER_BUILDING; entrance++) {
        doors.add(`${entrance}单元${floor}0${1 + (floor % 2)}`)
      }
    }
    return [...doors].sort().map((door, d) => ({
      buildingCode: code,
      door,
      areaHundredths: 5_200 + ((b * 1_733 + d * 911) % 6_600),
    }))
  })
}
