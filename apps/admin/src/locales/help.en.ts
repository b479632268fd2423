import type { helpZh } from './help.zh.ts'

export const helpEn: typeof helpZh = {
  groups: {
    loop: 'The way of a matter',
    time: 'Time limits',
    council: 'The council',
    office: 'The joint office',
    judging: 'Judged by the public',
    order: 'Rules and records',
  },
  terms: {
    stages: {
      name: 'The four stages',
      text: 'Residents raise, the council deliberates, a joint office handles, the public evaluates. Not all goes to the council: on the direct route a matter is dispatched once it is accepted.',
    },
    route: {
      name: 'Route',
      text: 'Chosen on acceptance. What one unit can settle is handled directly; what touches the interests of many goes to the council first. A private matter is always direct.',
    },
    private: {
      name: 'Private matters',
      text: 'Requests, complaints and enquiries are private unless said otherwise: no notice, no endorsement, no council; only who raised it judges it. Only they can make it public.',
    },
    endorsement: {
      name: 'Endorsement',
      text: 'Other households want it done as well. At the number set (10 unless changed) the matter goes on the agenda by itself.',
    },
    merge: {
      name: 'Merging',
      text: 'Several people raised the same thing: it becomes one matter. Each keeps every right: to follow, to judge, to have it split again.',
    },
    referral: {
      name: 'Referral',
      text: 'What is not the community’s goes to the street, 12345, 110 and others. Number and outcome are recorded and told; after 5 working days without an outcome somebody is reminded.',
    },
    appeal: {
      name: 'Appeal',
      text: 'Who raised it may appeal once within 15 days when it was declined, dismissed or referred. Another officer decides, else the secretary, else the street.',
    },
    clock: {
      name: 'Time limits',
      text: 'Each step has one: first contact, response, dispatch, signing, handling, the check. Some count hours of the calendar, some working days with their holidays. The date promised runs from acceptance.',
    },
    onTime: {
      name: 'On-time rate',
      text: 'Counts what was done in this time: done in time ÷ done. What is overdue and still open counts once it is done, as late, and stands beside the rate until then. What was withdrawn or returned counts for nothing.',
    },
    pause: {
      name: 'A limit that stands still',
      text: 'While a matter is suspended the handling limit stands still and ends later by as long. Returning or reassigning does not begin it anew.',
    },
    ladder: {
      name: 'Reported when late',
      text: 'At 80 % the officer is reminded; at the end it is overdue; at one and a half the secretary is told, at twice the street. Who is told may reassign, suspend, call the street or supervise.',
    },
    suspend: {
      name: 'Suspended',
      text: 'Not possible now, yet not given up: the secretary suspends it with a reason and a review date of at most 90 days, publicly. It resumes by itself. A second renewal takes the street.',
    },
    extension: {
      name: 'Extension',
      text: 'A unit may ask for more time with a reason; officer or secretary decide within 1 working day. New date and reason are shown to who raised it.',
    },
    meetingNotice: {
      name: 'Notice of a meeting',
      text: 'Meeting and agenda are announced days ahead, as the rule says. After that the agenda stands: what is not on it cannot be voted on.',
    },
    quorum: {
      name: 'Quorum',
      text: 'Of each class of members so many must be there, half unless changed. Guests do not count.',
    },
    motion: {
      name: 'Votes',
      text: 'Each names its rule: consensus, majority, two thirds, or an owners’ vote of the Civil Code. Silence is not agreement; a tie fails.',
    },
    ownersHeads: {
      name: 'How owners are counted',
      text: 'One owner of several flats counts once, so do joint owners, and the developer for what is unsold; parking and storage do not count. The roll is fixed with the notice.',
    },
    secret: {
      name: 'Secret ballot',
      text: 'Who drew a paper is recorded, what was cast is not, and nobody can join the two. Not for fewer than 5; a lost paper is not reissued.',
    },
    minutes: {
      name: 'Minutes',
      text: 'Drafted, shown to those who were there for amendments, then confirmed by the chair and two members. After that they cannot be changed, and are public.',
    },
    order: {
      name: 'Orders and the joint sheet',
      text: 'A lead unit gets an order, co-units one each, every one with its date; all of a matter’s orders are its joint sheet. The lead hands in once all parts are finished or waived.',
    },
    firstReceiver: {
      name: 'First receiver',
      text: 'The unit that received it first answers for it until another has signed: while it is reassigned it is never nobody’s.',
    },
    returning: {
      name: 'Returning and designating',
      text: 'What is not a unit’s it may return before signing, within 4 working hours, with a reason. What goes to and fro the secretary designates; then it cannot be returned.',
    },
    whistle: {
      name: 'Calling the street',
      text: 'What a community cannot settle alone it calls the street for, which reports in within 1 working day. Both are assessed.',
    },
    supervision: {
      name: 'Supervision',
      text: 'Street or district order something by a date and the community replies in time. Supervisors see no personal data.',
    },
    sitting: {
      name: 'Sittings of the joint office',
      text: 'What is stuck is settled with the units at one table: dispatched, reassigned or suspended on the spot, on the matter’s record.',
    },
    taskForce: {
      name: 'Task force',
      text: 'Where several units work together for some time the secretary forms one. It owns these matters, goes by milestones, and its members see all of them.',
    },
    publicity: {
      name: 'Public notice',
      text: 'What is done and checked is published (5 days) and judged by who raised it (7 days). The text holds no phone number, name or door.',
    },
    objection: {
      name: 'Objection',
      text: 'During the notice anybody may object once a round. It is answered within 3 working days and may be reviewed once by the secretary. Nothing closes over an open objection.',
    },
    callBack: {
      name: 'Call-back',
      text: 'Every bad rating is called back: were you contacted, is it solved, how satisfied are you. Three failed attempts on two days count as unreached.',
    },
    contest: {
      name: 'Contest of a rating',
      text: 'A unit may contest a bad rating; somebody without a part in the matter decides. If upheld it does not count, and its words stay.',
    },
    rates: {
      name: 'The three rates',
      text: 'Response: contacted. Resolution: solved. Satisfaction: satisfied, “basically” counting 0.9. Each of those that were judged or reached. Composite: 0.1, 0.5 and 0.4 of them. No rating is never satisfied.',
    },
    round: {
      name: 'Rounds',
      text: 'What was rightly found wanting is rectified in another round and judged anew; the last counts. From the third the street leads.',
    },
    fourEyes: {
      name: 'Two people for what matters',
      text: 'Grants need a second person, and nobody grants to themselves; who handed work in may not check, publish or call back on it.',
    },
    effective: {
      name: 'Date of effect',
      text: 'Rules, categories and grids change from a date on; what was before stays as it was and can be read in the history. A vote or a round goes by the rules of its beginning.',
    },
    masked: {
      name: 'Masked data',
      text: 'Phone and ID numbers are shown in part. To see one in full takes a purpose and leaves a record of who saw it when.',
    },
    evidence: {
      name: 'Evidence',
      text: 'Each step stands on a chain that is sealed daily. A change by hand shows when it is verified, and against the receipts that residents hold.',
    },
    percentile: {
      name: 'Median and nine in ten',
      text: 'Of two in the middle the mean; of n, nine in ten is the one at place 0.9n (whole, counted from 0). Counted in steps of 5% at most, of which the upper edge is shown; 24 hours and other promises are edges.',
    },
    duty: {
      name: 'On duty',
      text: 'Somebody is, day and night. Urgent matters are contacted within 15 minutes, others within 2 hours.',
    },
  },
  page: { search: 'Find a word', none: 'No such word.', terms: 'Words', found: '{count} found' },
}
