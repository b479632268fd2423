/**
 * Helps to label: node tests/deidentification/mark.ts FOLDER prints the messages drawn, numbered, to be read;
 * node tests/deidentification/mark.ts FOLDER MARKS writes labels.jsonl from a file of lines `number|words|kind`, in which
 * brackets stand around what is personal (`12|业主[张三]多次|name`). MARKS holds people's words: keep it out of the repository.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { draw } from './draw.ts'
import { labelsOf, writtenLabels } from './labels.ts'
import { readMessages } from './messages.ts'

const [folder = '', marksFile] = process.argv.slice(2)
const drawn = draw(await readMessages(folder))
if (marksFile === undefined) {
  for (const [at, { message }] of drawn.entries())
    console.log(`#${at} ${message.title.trim()} ‖ ${message.body.trim().replace(/\s*\n\s*/g, '⏎')}`)
} else {
  const marks = readFileSync(marksFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [at, words = '', kind = ''] = line.split('|')
      return { at: Number(at), words, kind }
    })
  const lines = drawn.map(({ message: { file, number, title, body }, half }, at) =>
    writtenLabels({
      file,
      number,
      half,
      labels: labelsOf(
        { file, number, title, body },
        marks.filter((mark) => mark.at === at),
      ),
    }),
  )
  writeFileSync(new URL('labels.jsonl', import.meta.url), `${lines.join('\n')}\n`)
}
