"""The Chat tab's HTML: what is known of the student as chips that remove it, and the form behind a thumb; all escaped."""

from html import escape

from ui.cards import profile_value
from ui.common import Json
from ui.strings import t

KNOWN_SCRIPT = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (!button) return;
  const act = button.dataset.act;
  if (act === 'forget') trigger('forget', {name: button.dataset.name});
  else if (act === 'edit') { window.chat.field = button.dataset.name || ''; trigger('edit', {}); }
  else if (act === 'pick') trigger('pick', {text: button.dataset.text});
});
"""
THUMB_SCRIPT = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (!button) return;
  if (button.dataset.act === 'cancel') { trigger('cancel', {}); return; }
  const reasons = [...element.querySelectorAll('input:checked')].map((box) => box.value);
  trigger('send', {reasons, comment: element.querySelector('textarea').value});
});
"""


def known_chips(known: Json, question: str | None = None) -> str:
    """What is known as chips, each removes its field, and a way to edit it; after a correction (`question` is not None)
    that it counts from the next question on, and that question to be tapped if it is not ''."""
    facts = [
        (name, f"{label}: {shown}") for name, label in t.PROFILE_NAMES.items() if (shown := profile_value(name, known))
    ]
    chips = [_fact(name, text) for name, text in facts]
    more = f"{t.KNOWN}: {t.KNOWN_EDIT}"
    chips.append(
        f'<button type="button" class="chip clear" data-act="edit" aria-label="{escape(more)}">'
        f"{escape(t.KNOWN_EDIT if facts else t.KNOWN_ADD)}</button>"
    )
    title = f'<span class="chips-title">{escape(t.KNOWN)}</span>' if facts else ""
    used = f'<p class="hint">{escape(t.KNOWN_HINT)}</p>' if facts else ""
    if question is not None:
        text = escape(question)
        ask = (
            f'<button type="button" class="chip" data-act="pick" data-text="{text}">{text}</button>' if question else ""
        )
        used += f'<p class="known-used" role="status"><span>{escape(t.KNOWN_USED)}</span>{ask}</p>'
    return f'<div class="chips" role="group" aria-label="{escape(t.KNOWN)}">{title}{"".join(chips)}</div>{used}'


def thumb_form(rating: str) -> str:
    """Why an answer is good or bad; nothing of it is sent before its button is pressed."""
    boxes = "".join(
        f'<li><label><input type="checkbox" value="{escape(value)}"><span>{escape(label)}</span></label></li>'
        for value, label in t.REASONS.items()
    )
    reasons = f'<ul class="ticks">{boxes}</ul>' if rating == "down" else ""
    title = t.THUMB_DOWN if rating == "down" else t.THUMB_UP
    return f"""<section class="card thumb" aria-label="{escape(title)}"><h3>{escape(title)}</h3>{reasons}
<label>{escape(t.THUMB_MORE)}<textarea rows="2" maxlength="1000"></textarea></label>
<p class="hint">{escape(t.THUMB_WITH)}</p>
<div class="card-actions"><button type="button" class="btn main" data-act="send">{escape(t.THUMB_SEND)}</button>
<button type="button" class="btn" data-act="cancel">{escape(t.CANCEL)}</button></div></section>"""


def thumb_done() -> str:
    """After the form was sent."""
    return f'<p class="hint" role="status">{escape(t.THUMB_DONE)}</p>'


def _fact(name: str, text: str) -> str:
    """A chip in two parts: one opens the form at its field, the other removes it."""
    return (
        f'<span class="fact"><button type="button" data-act="edit" data-name="{name}" '
        f'aria-label="{escape(t.CHANGE.format(what=text))}">{escape(text)}</button>'
        f'<button type="button" data-act="forget" data-name="{name}" '
        f'aria-label="{escape(t.REMOVE.format(what=text))}">×</button></span>'
    )
