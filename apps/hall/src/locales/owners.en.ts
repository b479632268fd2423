import type { ownersZh } from './owners.zh.ts'

export const ownersEn: typeof ownersZh = {
  title: 'Owners’ votes',
  one: 'Owners’ vote',
  none: 'There is no owners’ vote now',
  all: 'All',
  mine: 'My vote',
  signIn: 'Owners vote online once signed in, or on a paper from the community office.',
  notOwner:
    'Your account is not bound to a flat on the roll. Bind it with the code from the community office, or vote on paper.',
  notYet: 'Voting begins when the days of notice are over.',
  closed: 'Voting has ended.',
  votedOnline: 'Voted online: {choice}',
  votedMine: 'You voted: {choice}',
  votedPaper: 'Counted from a paper: {choice}',
  quiet: 'Until it is counted only the turnout is shown.',
  joint: 'Joint owners have one vote together; whoever votes first votes for all.',
  object: 'I do not agree: object',
  objectUntil: 'You may object until {time}.',
  objectConfirm: 'The vote becomes void, and only a paper signed by all joint owners counts from then on. Object?',
  objectYes: 'Object',
  objected: 'A joint owner objected: hand in a paper that all have signed.',
  matter: 'Matter {number}',
}
