export { answerInvitation } from './answer-invitation.ts'
export { attachPapers } from './attach-papers.ts'
export { checkIn } from './attend.ts'
export { closeBallotJob, openBallotJob } from './close-ballot.ts'
export { assertMayRead, isMember, type Standing, standingAt } from './council.policy.ts'
export { presentMotion } from './council.present.ts'
export { serveCouncil } from './council.routes.ts'
export { councilStage } from './council.stage.ts'
export { createSeries } from './create-series.ts'
export { closeMeeting } from './end-meeting.ts'
export { type AgendaRow, listAgenda, listPapers, type PaperRow } from './items.queries.ts'
export {
  type AttendanceRow,
  findMeeting,
  listAttendance,
  lockMeeting,
  type MeetingKey,
  type MeetingRow,
} from './meetings.queries.ts'
export { hasSeat, listPlaces } from './members.queries.ts'
export { findReachable, insertMessage, type MinutesWord } from './messages.queries.ts'
export { takeMinutesNumber } from './minutes-number.ts'
export { PROPOSAL } from './motion-proposals.queries.ts'
export { type BallotRow, listMotions, lockBallot, saveCount } from './motions.queries.ts'
export { findPosting, listPostings, lockPosting, type Posting, wasDecided } from './posted.queries.ts'
export { announceMeeting, createMeeting, openMeeting } from './prepare-meeting.ts'
export { prepareMeetings } from './prepare-meetings.ts'
export { putToOwners } from './put-to-owners.ts'
export { sittingQuorum } from './quorum.ts'
export { readMyBallots } from './read-ballot.ts'
export { type MeetingEvent, recordMeetingEvent, recordMotionEvent } from './record-council-event.ts'
export { replayedItems, replayedNotes, replayedPapers } from './replay-agenda.ts'
export { replayedProxies, replayedRoll, replayedVotes } from './replay-ballots.ts'
export {
  replayedGuests,
  replayedInvitations,
  replayedNotices,
  replayedSeries,
  replayedSeriesMeetings,
} from './replay-calendar.ts'
export { replayedAttendance, replayedMeeting, replayedMotion, replayedProposal } from './replay-council.ts'
export { setAgenda } from './set-agenda.ts'
export { setGuests } from './set-guests.ts'
export { sweepBallots } from './sweep-ballots.ts'
export { remindInvited, tellInvited } from './tell-invited.ts'
export { tellPrincipal } from './tell-principal.ts'
export { verifyBallots } from './verify-ballots.ts'
export { countMotion, proposeMotion } from './vote.ts'
