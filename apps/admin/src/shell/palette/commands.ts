import type { IconName } from '../../appearance/icons.ts'

/** Something the palette can do, found by the words it is called by. */
export interface Command {
  id: string
  label: string
  /** What tells it from others of its name. */
  note?: string
  icon: IconName
  run: () => unknown
}

export interface CommandGroup {
  name: 'recent' | 'sections' | 'actions' | 'matters'
  commands: readonly Command[]
}

/** Those whose words hold each of what was typed, wherever. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean)
  return commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
}

interface Known {
  sections: readonly Command[]
  actions: readonly Command[]
  matters: readonly Command[]
  /** What was run last, latest first. */
  recent: readonly Command[]
}

/**
 * What the palette lists: everything when nothing is typed, what was run last first; else what fits. Matters come last, so that the
 * lines above them stay where they are when the answer comes.
 */
export function groupsOf(typed: string, { sections, actions, matters, recent }: Known): CommandGroup[] {
  const isRecent = new Set(typed === '' ? recent.map(({ id }) => id) : [])
  const others = (commands: readonly Command[]) => matching(commands, typed).filter(({ id }) => !isRecent.has(id))
  const groups: CommandGroup[] = [
    { name: 'recent', commands: typed === '' ? recent : [] },
    { name: 'sections', commands: others(sections) },
    { name: 'actions', commands: others(actions) },
    { name: 'matters', commands: typed === '' ? [] : matters },
  ]
  return groups.filter(({ commands }) => commands.length > 0)
}
