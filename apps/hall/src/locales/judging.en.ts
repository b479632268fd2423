import type { judgingZh } from './judging.zh.ts'

export const judgingEn: typeof judgingZh = {
  first: 'First ratings (round {round})',
  nobody: 'Nobody has rated yet. Not rated does not mean satisfied.',
  people: '{count} people',
  rule: 'Each person counts in one group: raiser before endorser before council member before resident; helped ratings stand apart.',
  comma: ', ',
  groups: {
    raiser: 'Raisers',
    endorser: 'Endorsers',
    council: 'Council members',
    resident: 'Residents',
    helped: 'Helped',
  },
  complained: 'Which unit is it about',
  noUnit: 'No unit, or not known',
  protected: 'That unit neither handles, verifies nor calls back, and is not told who you are.',
  relayed: 'On a complaint your contact data are never handed to a unit: the community relays.',
}
