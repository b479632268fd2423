const WORDS = /[\p{Script=Han}]+|[\p{L}\p{N}]+/gu
const HAN = /^\p{Script=Han}/u
/** Of a long text, so that a row's index entries stay bounded: the first pieces say what it is about. */
const MOST_PIECES = 2_000

const piecesOfWord = (word: string): string[] => {
  if (!HAN.test(word)) return [word]
  const characters = [...word]
  if (characters.length === 1) return characters
  return characters.slice(1).map((second, i) => `${characters[i]}${second}`)
}

/** What a text is found by: Chinese in overlapping pairs of characters (no dictionary to disagree with), the rest as words. */
export const searchPieces = (...texts: (string | null)[]): string[] => {
  const pieces = new Set<string>()
  for (const text of texts) {
    for (const [word] of (text ?? '').toLowerCase().matchAll(WORDS)) {
      for (const piece of piecesOfWord(word)) {
        // A lexeme is at most 2 kB; longer words are no words.
        if (piece.length <= 64) pieces.add(piece)
      }
      if (pieces.size >= MOST_PIECES) return [...pieces].slice(0, MOST_PIECES)
    }
  }
  return [...pieces]
}

/** A tsquery that finds texts holding every piece of `text`; a single Chinese character finds the pairs it begins. */
export const searchQuery = (text: string): string =>
  searchPieces(text)
    .map((piece) => `'${piece.replaceAll("'", "''")}'${[...piece].length === 1 ? ':*' : ''}`)
    .join(' & ')
