import type { TextReview, TimelineEntry } from '@tongxin/contract'
import {
  ACTIONS,
  CLOCKS,
  FIELDS,
  type Field,
  type FieldName,
  OUTCOMES,
  REMINDERS,
  type Reminder,
  remindedOf,
} from '@tongxin/lifecycle'
import { dateTime, kindsIn, useWords } from '@tongxin/web'
import type { useDirectory } from '../../directory/index.ts'

export interface ToldLine {
  name: string
  label: string
  value: string
}

type Told = Pick<TimelineEntry, 'action' | 'fields'>

/** What whoever acted said, in words; what an action records by itself may bear a field's name and mean another thing. Ids that only link records together are left to the pages that show those records. */
export function useTold(directory: ReturnType<typeof useDirectory>) {
  const { t, label, named } = useWords()

  const say = (field: Field, value: unknown): string => {
    const { options } = field
    if (options)
      return [value]
        .flat()
        .map((code) => named(options, code as string))
        .join('\n')
    switch (field.type) {
      case 'boolean':
        return value === true ? t('form.yes') : t('form.no')
      case 'date_time':
        return dateTime(value as string)
      case 'code':
        return field.names === 'category'
          ? directory.categoryName(value as string)
          : directory.regionName(value as string)
      case 'id':
        return field.names === 'unit' ? directory.unitName(value as string) : ''
      case 'parts':
        return (value as { unitId: string; task?: string; dueAt?: string }[])
          .map(({ unitId, task, dueAt }) => {
            const label = directory.unitName(unitId)
            const until = dueAt === undefined ? '' : t('workOrders.partUntil', { time: dateTime(dueAt) })
            return `${task ? t('punctuation.labelled', { label, text: task }) : label}${until}`
          })
          .join('\n')
      case 'outcomes':
        return (value as { key: keyof typeof OUTCOMES; amount: number }[])
          .map(({ key, amount }) => `${label(OUTCOMES[key])} ${amount}`)
          .join('\n')
      case 'photos':
      case 'position':
        return ''
      default:
        return String(value)
    }
  }

  /** How each public text was looked through for personal data by whoever approved it. */
  const reviewed = (entry: Told): ToldLine[] =>
    Object.entries((entry.fields.reviews ?? {}) as Record<string, TextReview>).map(([path, { removed, kept }]) => ({
      name: `review ${path}`,
      label: t('textReview.approved'),
      value: [
        label(FIELDS[path.split('.')[0] as FieldName]),
        Object.keys(removed).length > 0 && t('textReview.approvedRemoved', { kinds: kindsIn(removed, label) }),
        Object.keys(kept).length > 0 && t('textReview.approvedKept', { kinds: kindsIn(kept, label) }),
      ]
        .filter(Boolean)
        .join(' · '),
    }))

  /** Where the joint office decided it. */
  const decided = (entry: Told): ToldLine[] => {
    const { number } = (entry.fields.sitting ?? {}) as { number?: number }
    return number === undefined
      ? []
      : [{ name: 'sitting', label: t('sittings.nav'), value: t('sittings.decidedIn', { number }) }]
  }

  /** Which clock reached which of its steps, and who was told. */
  const reminded = ({ action, fields }: Told): ToldLine[] => {
    const step = REMINDERS.find(({ level }) => level === fields.level)
    if (action !== 'remind' || !step) return []
    const reminder = fields as unknown as Reminder & { dueAt: string }
    const who = remindedOf(reminder).map((each) => t(`clocks.who.${each}`))
    const value = [
      t('clocks.told', { step: label(step), who: who.join(t('punctuation.comma')) }),
      t('clocks.until', { due: dateTime(reminder.dueAt) }),
    ]
    // Answers owed to several people are told apart by when they came, the others by the unit they are about.
    const ofUnit = reminder.clock !== 'objection' && reminder.clock !== 'call_back'
    const name = [named(CLOCKS, reminder.clock), ofUnit && reminder.about ? directory.unitName(reminder.about) : '']
    return [{ name: 'reminder', label: name.filter(Boolean).join(' '), value: value.join(' · ') }]
  }

  return (entry: Told): ToldLine[] => [
    ...decided(entry),
    ...reminded(entry),
    ...Object.entries(entry.fields)
      .filter(
        ([name, value]) => Object.hasOwn(ACTIONS[entry.action].fields, name) && value !== null && value !== undefined,
      )
      .map(([name, value]) => {
        const field: Field = FIELDS[name as FieldName]
        return { name, label: label(field), value: say(field, value) }
      })
      .filter((line) => line.value !== ''),
    ...reviewed(entry),
  ]
}
