import sharp from 'sharp'
import { uploadPaper } from '../features/attachments/index.ts'
import { COMMUNITY } from './places.ts'
import type { Walk } from './records.ts'

/** What a demo photo shows; drawn here, for a demo needs no pictures of anybody's home. */
export type Scene = 'lamp_dark' | 'lamp_lit' | 'path_broken' | 'path_mended'

const HOUSES =
  '<path d="M0 300V170h90v-50h110v90h80v-70h100v40h100v120z" fill="#2b3a44"/><rect y="300" width="480" height="60" fill="#4a4f52"/>'
const LAMP = '<path d="M330 300V110h-60" stroke="#11181c" stroke-width="8" fill="none"/>'
const windows = (fill: string) =>
  [30, 120, 160, 220, 300, 400]
    .map((x, at) => `<rect x="${x}" y="${190 + (at % 3) * 30}" width="16" height="20" fill="${fill}"/>`)
    .join('')
const PAVING = Array.from({ length: 24 }, (_, at) => {
  const [x, y] = [(at % 6) * 80, Math.floor(at / 6) * 90]
  return `<rect x="${x + 3}" y="${y + 3}" width="74" height="84" fill="${at % 2 ? '#b9b2a5' : '#c6beb0'}"/>`
}).join('')

const SCENES: Record<Scene, string> = {
  lamp_dark: `<rect width="480" height="360" fill="#141b26"/>${HOUSES}${windows('#3a4650')}${LAMP}<rect x="252" y="100" width="36" height="16" fill="#30383d"/>`,
  lamp_lit: `<rect width="480" height="360" fill="#24334c"/>${HOUSES}${windows('#e8c87a')}<path d="M270 116l-90 184h180z" fill="#ffe9a8" opacity="0.45"/>${LAMP}<rect x="252" y="100" width="36" height="16" fill="#fff3c4"/>`,
  path_broken: `<rect width="480" height="360" fill="#8f887b"/>${PAVING}<path d="M130 90l70 40 60-20 40 70-50 90-110 10-60-70z" fill="#5d564b"/><path d="M200 130l20 60-40 50" stroke="#2e2a24" stroke-width="5" fill="none"/>`,
  path_mended: `<rect width="480" height="360" fill="#8f887b"/>${PAVING}<rect y="352" width="480" height="8" fill="#3f7a48"/>`,
}

/** A photo of the scene, uploaded by this person and bound to nothing yet. @returns its public id */
export const photographed = async (walk: Walk, username: string, scene: Scene): Promise<string> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360">${SCENES[scene]}</svg>`
  const bytes = await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer()
  const upload = { actor: await walk.actorOf(username), ip: '127.0.0.1', communityCode: COMMUNITY, bytes }
  return (await uploadPaper(walk.door.deps, upload)).id
}
