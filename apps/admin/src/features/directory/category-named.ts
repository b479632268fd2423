interface Named {
  code: string
  name: string
}

/** A name of one character stands in too many words. */
const LEAST = 2

/**
 * The category that a text calls by its name, and no other: of names within names (a lamp, the cover of a lamp’s shaft) the longer one. Undefined where that leaves
 * none or several: nothing is guessed.
 */
export const categoryNamed = <C extends Named>(text: string, categories: readonly C[]): C | undefined => {
  const named = categories.filter(({ name }) => name.length >= LEAST && text.includes(name))
  const own = named.filter(({ name }) => !named.some((other) => other.name !== name && other.name.includes(name)))
  return own.length === 1 ? own[0] : undefined
}
