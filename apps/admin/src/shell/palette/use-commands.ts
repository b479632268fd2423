import { type Language, TEXT_SIZES, type TextSize, useTextSize, useWords } from '@tongxin/web'
import { computed, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { DENSITIES, useDensity } from '../../appearance/density.ts'
import type { IconName } from '../../appearance/icons.ts'
import { THEMES, useTheme } from '../../appearance/theme.ts'
import { useSession } from '../../features/sessions/index.ts'
import { speak } from '../../locales/index.ts'
import { tourRuns } from '../../tour/running-tour.ts'
import { useCharacterKeys } from '../keyboard/character-keys.ts'
import { useLeave } from '../use-leave.ts'
import { useSections } from '../use-sections.ts'
import type { Command } from './commands.ts'

/** What this person may open or set, in the words of their language. */
export function useCommands(openSheet: () => void) {
  const { t, locale } = useWords()
  const router = useRouter()
  const session = useSession()
  const leave = useLeave()
  const size = useTextSize()
  const theme = useTheme()
  const density = useDensity()
  const characterKeys = useCharacterKeys()
  const { sections } = useSections()

  const pages = computed<Command[]>(() => [
    ...sections.value.map(({ to, label, icon }) => ({ id: to, label: t(label), icon, run: () => router.push(to) })),
    ...(session.isStaff
      ? [
          { id: '/inbox', label: t('inbox.title'), icon: 'bell' as const, run: () => router.push('/inbox') },
          { id: '/help', label: t('helpMark.page'), icon: 'search' as const, run: () => router.push('/help') },
        ]
      : []),
  ])

  /** One for each choice that does not hold already. */
  const settings = <Choice extends string>(
    words: string,
    icon: IconName,
    choices: readonly Choice[],
    of: Ref<Choice>,
  ) =>
    choices
      .filter((each) => each !== of.value)
      .map(
        (each): Command => ({
          id: `${words}-${each}`,
          label: t('punctuation.labelled', { label: t(`${words}.label`), text: t(`${words}.${each}`) }),
          icon,
          run: () => {
            of.value = each
          },
        }),
      )
  const otherLanguage = (): Language => (locale.value === 'en' ? 'zh' : 'en')

  const actions = computed<Command[]>(() => [
    ...settings('textSize', 'text', Object.keys(TEXT_SIZES) as TextSize[], size),
    ...settings('density', 'menu', DENSITIES, density),
    ...settings('theme', 'theme', THEMES, theme),
    {
      id: 'language',
      label: t('commands.language', { language: t('app.otherLanguage') }),
      icon: 'language',
      run: () => speak(otherLanguage()),
    },
    { id: 'shortcuts', label: t('keyboard.sheet'), icon: 'text', run: openSheet },
    {
      id: 'character-keys',
      label: t(`keyboard.turn.${characterKeys.value === 'on' ? 'off' : 'on'}`),
      icon: 'text',
      run: () => {
        characterKeys.value = characterKeys.value === 'on' ? 'off' : 'on'
      },
    },
    {
      id: 'tour',
      label: t('tourOffer.again'),
      icon: 'flag',
      run: () => {
        tourRuns.value = true
      },
    },
    { id: 'hall', label: t('user.hall'), icon: 'people', run: () => location.assign('/') },
    { id: 'leave', label: t('user.leave'), icon: 'leave', run: leave },
  ])
  return { pages, actions }
}
