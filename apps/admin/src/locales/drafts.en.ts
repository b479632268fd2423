export const draftsEn = {
  restored: 'What you had not sent at {time} is here again.',
  again: 'Start over',
  meanwhile: 'While you were writing, this matter changed',
  overtaken: 'Not sent: somebody else was quicker; what changed is shown above.',
  said: '{label}: {value}',
  sendAgain: 'All that you wrote is still here. If it still holds, send it again.',
  tooLate: 'All that you wrote is still here, but this step can no longer be taken; copy the words you need.',
}
