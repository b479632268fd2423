import type { UnitHours } from '@tongxin/contract'
import { addContact, changeUnit, lockUnit, setHours } from '../features/units/index.ts'
import type { Walk } from './records.ts'
import { CITY_MANAGEMENT, COMMITTEE, PROPERTY, STREET_OFFICE } from './units.ts'

const HALF_DAYS = [
  { from: '08:30', to: '12:00' },
  { from: '14:00', to: '17:30' },
]
const LONG_DAY = [{ from: '08:00', to: '20:00' }]
const weekdays = (day: UnitHours['week'][number], weekend: UnitHours['week'][number]): UnitHours['week'] => [
  day,
  day,
  day,
  day,
  day,
  weekend,
  weekend,
]

interface Equipment {
  unit: string
  contacts: [name: string, phone: string, post: string][]
  hours?: UnitHours
  leads?: string[]
  notDuties?: string[]
}

/** Whom to ring, when they are there, what they lead and what is not theirs. Names and numbers are made up. */
const EQUIPMENT: readonly Equipment[] = [
  {
    unit: PROPERTY,
    contacts: [
      ['鲍经理', '05560000021', '项目经理'],
      ['汪师傅', '05560000022', '工程维修'],
    ],
    hours: { week: weekdays(LONG_DAY, LONG_DAY), onHolidays: true },
    leads: ['209021', '209022', '209023', '209015', '209016'],
    notDuties: ['200301', '200502'],
  },
  {
    unit: CITY_MANAGEMENT,
    contacts: [['程队长', '05560000023', '中队长']],
    hours: { week: weekdays(HALF_DAYS, [{ from: '09:00', to: '12:00' }]), onHolidays: false },
    leads: ['200501'],
    notDuties: ['209021', '209022'],
  },
  { unit: COMMITTEE, contacts: [['潘主任', '05560000024', '副主任']], leads: ['209012', '209026'] },
  { unit: STREET_OFFICE, contacts: [['丁主任', '05560000025', '社区建设办']] },
  { unit: '玉琳路供电所', contacts: [['值班室', '05560000026', '抢修值班']], leads: ['100116'] },
  { unit: '滨江社区卫生服务站', contacts: [['尤医生', '05560000027', '站长']] },
  { unit: '临江小学', contacts: [['方老师', '05560000028', '德育主任']] },
]

/** Keeps what is known of the community's units, as an officer does over an afternoon. */
export const equipUnits = async (walk: Walk): Promise<void> => {
  const { cipher, clock } = walk.door.deps
  const by = () => ({ by: walk.people.officer!, at: clock.now() })
  for (const { unit, contacts, hours, leads, notDuties } of EQUIPMENT) {
    const id = walk.units[unit]!
    for (const [name, phone, post] of contacts) await addContact(walk.tx, cipher, id, { name, phone, post }, by())
    if (leads ?? notDuties) {
      const row = (await lockUnit(walk.tx, id))!
      await changeUnit(walk.tx, cipher, row, row.version, { leads, notDuties }, by())
    }
    if (hours) {
      const row = (await lockUnit(walk.tx, id))!
      await setHours(walk.tx, row, row.version, hours, by())
    }
  }
}
