// Makes pages nicer where there is JavaScript. Every page works in full without it.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage,
  NotificationBanner, SkipLink, createAll
} from 'govuk-frontend'

const ESCAPES_TO_LEAVE = 3
const ESCAPE_PAUSE_MS = 5000

// Pressing Escape three times leaves as the button does, for those who do not know about Shift.
function leaveOnEscape() {
  const button = document.querySelector('.govuk-js-exit-this-page-button')
  if (!button) return
  let presses = 0
  let timer = 0
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat) return
    presses += 1
    window.clearTimeout(timer)
    timer = window.setTimeout(() => { presses = 0 }, ESCAPE_PAUSE_MS)
    if (presses >= ESCAPES_TO_LEAVE) button.click()
  })
}

// A new message in the chat is brought into view, as a person would expect.
function showNewest() {
  const newest = document.querySelector('[data-voice-newest]')
  if (newest && !window.location.hash) newest.scrollIntoView({ block: 'center' })
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage,
  NotificationBanner, SkipLink
]) createAll(component)
leaveOnEscape()
showNewest()
