import type { RouteRecordRaw } from 'vue-router'
import { papers } from './papers.ts'

export const ballotPages: RouteRecordRaw[] = [
  {
    path: '/ballots',
    name: 'ballots',
    component: () => import('./BallotsPage.vue'),
    meta: { title: 'ballot.mine', own: true },
  },
  {
    path: '/ballots/:id',
    name: 'ballot',
    component: () => import('./BallotPage.vue'),
    props: true,
    meta: { title: 'ballot.title' },
  },
]

const LOOK_AGAIN_MS = 20_000

/** Papers that wait for their moment are cast on whichever page is open then; not in the moment it opens, which tells whose it is. */
export const castWhenDue = (): void => {
  setInterval(() => void papers.castDue(), LOOK_AGAIN_MS)
}
