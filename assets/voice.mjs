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

const COMPONENTS = [
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage,
  NotificationBanner, SkipLink
]

// An author who tries a survey stays where they are: only what changed is drawn again.
function pressInPlace(event) {
  const form = event.target
  if (form.method !== 'post' || !form.closest('[data-voice-in-place]')) return
  event.preventDefault()
  const sent = new URLSearchParams(new FormData(form, event.submitter))
  fetch(form.action, { method: 'POST', body: sent })
    .then((reply) => reply.text())
    .then((text) => showInPlace(new DOMParser().parseFromString(text, 'text/html'), form.action))
    .catch(() => sendAsUsual(form, event.submitter))
}

function sendAsUsual(form, pressed) {
  const kept = document.createElement('input')
  Object.assign(kept, { type: 'hidden', name: pressed?.name ?? '', value: pressed?.value ?? '' })
  form.append(kept)
  form.submit()
}

function showInPlace(page, address) {
  const here = document.querySelector('[data-voice-in-place]')
  const drawn = page.querySelector('[data-voice-in-place]')
  if (!drawn) return document.location.reload()
  for (const sheet of page.querySelectorAll('link[rel=stylesheet]')) {
    const isHere = document.querySelector(`link[href="${sheet.getAttribute('href')}"]`)
    if (!isHere) document.head.append(sheet) // such as that of a language from right to left
  }
  here.replaceChildren(...drawn.childNodes)
  for (const component of COMPONENTS) createAll(component, undefined, here)
  const next = here.querySelector(new URL(address).hash)
  if (!next || here.querySelector('.govuk-error-summary')) return
  next.setAttribute('tabindex', '-1')
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
}

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of COMPONENTS) createAll(component)
leaveOnEscape()
showNewest()
document.addEventListener('submit', pressInPlace)
