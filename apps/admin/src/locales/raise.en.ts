export const formEn = {
  choose: 'Choose',
  time: 'Date and time',
  yes: 'Yes',
  no: 'No',
  cancel: 'Cancel',
  save: 'Save',
  unit: 'Unit',
  task: 'Its part',
  length: '{count} of {most} characters',
  tooLong: '{count} characters, and at most {most} fit: please take out {over}.',
  addUnit: 'Add a co-unit',
  outcome: 'Outcome',
  amount: 'Amount',
  addOutcome: 'Add a figure',
  remove: 'Remove',
  searchIssue: 'Type to find a matter',
  dueByRule: 'Left empty, it is due by the rules on {due}; another date may be chosen.',
  duePromised: '{due} has been promised, and stands if this is left empty.',
  nothing: 'Nothing to choose',
}

export const faultsEn = {
  required: 'Please fill this in',
  choose: 'Please choose',
  too_long: 'Too long: please shorten it first',
  incomplete: 'Please complete this',
  phone: 'A mobile number has 11 digits',
}

export const photosEn = {
  title: 'Photos',
  one: 'Photo {at}',
  enlarge: 'Enlarge photo {at}',
  remove: 'Remove photo {at}',
  missing: 'The photo cannot be shown',
  add: 'Add photos',
  sending: 'Sending {count}',
  rule: 'Up to {max}, 10 MB each; where they were taken is removed.',
}

export const raiseEn = {
  done: 'Recorded as {number}',
  respondBy: 'The community answers by {time}.',
  tracking: 'Give this tracking link to the raiser:',
  open: 'Open the matter',
  another: 'Record another',
  intro:
    'Write down faithfully what a resident said by phone, in person or in a group; who raised and who typed it are both recorded.',
  channel: 'How it came',
  name: 'Raiser’s name',
  phone: 'Raiser’s mobile',
  consent: 'Contact may be given to the handling unit',
  anonymous: 'Anonymous to the public',
  visibility: 'Visibility',
  public: 'Public',
  private: 'Private',
  title: 'Title',
  where: 'Grid or building',
  place: 'Place',
  complained: 'Which unit is it about',
  complainedHint:
    'That unit neither handles, verifies nor calls back, and is not told who complains; the community relays.',
  later: 'Decided on acceptance',
  submit: 'Record',
}

export const exportEn = {
  open: 'Export',
  title: 'Export matters',
  text: 'The matters under the present filters, with the columns chosen, as a CSV file. Every export is recorded.',
  whole: 'All there is of each, not only the columns chosen',
  personal: 'With names and phone numbers of the raisers',
  purpose: 'Purpose',
  purposeNeeded: 'Say what the personal data is needed for.',
  start: 'Export',
  progress: '{count} exported so far … closing this stops it.',
}
