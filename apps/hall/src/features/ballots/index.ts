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

/** Papers that wait for their moment are cast on whichever page is open then. */
export const castWhenDue = (): void => papers.resume()
