export const homesEn = {
  title: 'My home',
  none: 'You are not bound to a home yet. Once you are you may endorse, object and vote.',
  kinds: { owner: 'Owner', family: 'Family', tenant: 'Tenant' },
  bind: 'Bind me by an invitation code',
  code: 'The code the community gave you',
  send: 'Bind',
  bound: 'Bound',
}
