"""Words as students type them: tokens, scripts and a sound key that survives spelling."""

import re
import unicodedata
from functools import lru_cache

from indic_transliteration import sanscript

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_\u0900-\u0DFF]+|[\u0900-\u0DFF]+|%|₹")
_ORDINAL = re.compile(r"(\d+)\s?(?:st|nd|rd|th|वीं|वी|वां|vi|vin|va)\b")
_INDIC_DIGITS = {
    ord(c): str(i % 10) for i, c in enumerate("०१२३४५६७८९০১২৩৪৫৬৭৮৯૦૧૨૩૪૫૬૭૮૯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯")
}
_SCRIPTS = (
    sanscript.DEVANAGARI, sanscript.BENGALI, sanscript.GURMUKHI, sanscript.GUJARATI, sanscript.ORIYA, sanscript.TAMIL,
    sanscript.TELUGU, sanscript.KANNADA, sanscript.MALAYALAM,
)  # fmt: skip
"""The Unicode blocks from U+0900 on, 128 code points each."""
_SOUNDS = (
    (r"[^a-z]", ""), (r"ph", "f"), (r"sch|sh|ch(?=r)|s", "s"), (r"tio|sio", "so"), (r"ck|q|c(?=[aourtl]|$)", "k"),
    (r"c(?=[eiy])", "s"), (r"x", "ks"), (r"z", "j"), (r"w", "v"), (r"y", "i"), (r"(?<=[a-z])h", ""),
    (r"[aeiou]+", "a"), (r"([a-z])\1+", r"\1"), (r"(?<=..)a$", ""), (r"[nm](?=[b-df-hj-np-tv-z])", ""),
)  # fmt: skip


def normalise(text: str) -> str:
    """Lower case, compatibility forms and accents folded, digits of Indian scripts as 0-9, ordinals as '12 th'."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_INDIC_DIGITS)
    latin = "".join(c for c in unicodedata.normalize("NFD", text) if not ("\u0300" <= c <= "\u036f"))
    text = unicodedata.normalize("NFC", latin).replace("\u093c", "")
    return _ORDINAL.sub(r"\1 th ", re.sub(r"(?<=\d),(?=\d)", "", text))


def tokens(text: str) -> list[str]:
    """The words, numbers and signs (% ₹) of a text, normalised; letters and digits are apart."""
    return _TOKEN.findall(normalise(text))


def is_indic(token: str) -> bool:
    """Whether a token is written in an Indian script."""
    return "\u0900" <= token[:1] <= "\u0dff"


@lru_cache(maxsize=50_000)
def sound(token: str) -> str:
    """A key that is equal for spellings that sound alike, Roman or Indian script; digits stay as they are."""
    if token[:1].isdigit():
        return token
    word = romanised(token) if is_indic(token) else token
    for pattern, new in _SOUNDS:
        word = re.sub(pattern, new, word)
    return word or token


def romanised(token: str) -> str:
    """An Indian-script word in lower-case Roman letters, by its Unicode block."""
    script = _SCRIPTS[min((ord(token[0]) - 0x0900) // 0x80, len(_SCRIPTS) - 1)]
    return re.sub(r"[^a-z]", "", sanscript.transliterate(token, script, sanscript.ITRANS).lower())
