/** Category codes in order: what a unit takes, which of these it leads first, and what is expressly not for it. */
export interface DutyList {
  duties: string[]
  leads: string[]
  notDuties: string[]
}

export const NO_DUTIES: DutyList = { duties: [], leads: [], notDuties: [] }
