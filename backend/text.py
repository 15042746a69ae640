"""Words as students type them: tokens, scripts and a sound key that survives spelling."""

import re
import unicodedata
from functools import lru_cache

from indic_transliteration import sanscript

_LETTER_BUT_INDIC = r"[^\W\d_\u0900-\u0DFF]"
_TOKEN = re.compile(rf"[a-z]+(?!{_LETTER_BUT_INDIC})|\d+(?:\.\d+)?|{_LETTER_BUT_INDIC}+|[\u0900-\u0DFF]+|%|₹")
_ACCENTS = re.compile("[\u0300-\u036f\u093c]")
_UNUSUAL = re.compile("[^\\x00-\\x7f₹–—‘’“”]")
"""What has other forms; ASCII and the usual signs of English texts have not."""
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(\d+(?:,\d+)*)(\s?(?:st|nd|rd|th|वीं|वी|वां|vi|vin|va)\b)?")
_INDIC_DIGITS = {c: str(i % 10) for i, c in enumerate("०१२३४५६७८९০১২৩৪৫৬৭৮৯૦૧૨૩૪૫૬૭૮૯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯")}
_INDIC_DIGIT = re.compile(f"[{''.join(_INDIC_DIGITS)}]")
_SCRIPTS = (
    sanscript.DEVANAGARI, sanscript.BENGALI, sanscript.GURMUKHI, sanscript.GUJARATI, sanscript.ORIYA, sanscript.TAMIL,
    sanscript.TELUGU, sanscript.KANNADA, sanscript.MALAYALAM,
)  # fmt: skip
"""The Unicode blocks from U+0900 on, 128 code points each."""
_SOUNDS = tuple((re.compile(pattern), new) for pattern, new in (
    (r"[^a-z]", ""), (r"ph", "f"), (r"sch|sh|ch(?=r)|s", "s"), (r"tio|sio", "so"), (r"ck|q|c(?=[aourtl]|$)", "k"),
    (r"c(?=[eiy])", "s"), (r"x", "ks"), (r"z", "j"), (r"w", "v"), (r"y", "i"), (r"(?<=[a-z])h", ""),
    (r"[aeiou]+", "a"), (r"([a-z])\1+", r"\1"), (r"(?<=..)a$", ""), (r"(?<=a)[nm](?=[b-df-hj-np-tv-z])", ""),
))  # fmt: skip
_CONSONANTS = tuple((re.compile(pattern), new) for pattern, new in (
    (r"[^a-z]", ""), (r"ti(?=o)", "s"), (r"ph", "f"), (r"qu", "kv"), (r"sch|sh|c(?=[eiy])", "s"), (r"x", "ks"),
    (r"dg|g(?=[eiy])|z", "j"), (r"ck|q|c(?!h)", "k"), (r"w", "v"), (r"m(?=[a-z])(?![aeiouy])", "n"), (r"[aeiouy]|(?<=.)h", ""),
    (r"(.)\1+", r"\1"),
))  # fmt: skip
_ACRONYM = re.compile(r"[a-z]{1,3}|[b-df-hj-np-tv-z]+")
"""Short words, and words without vowels: spelt, not spoken."""
_LETTERS = {
    "ए": "a", "बी": "b", "सी": "c", "डी": "d", "ई": "e", "एफ": "f", "जी": "g", "एच": "h", "आई": "i", "आइ": "i", "जे": "j",
    "के": "k", "एल": "l", "एम": "m", "एन": "n", "ओ": "o", "पी": "p", "क्यू": "q", "आर": "r", "एस": "s", "टी": "t",
    "यू": "u", "वी": "v", "डब्ल्यू": "w", "डब्लू": "w", "एक्स": "x", "वाई": "y", "वाय": "y", "जेड": "z",
}  # fmt: skip
"""The names of the Latin letters in Devanagari."""
_LETTER = "|".join(sorted(_LETTERS, key=len, reverse=True))
_ENGLISH = frozenset("am an as be do go he in is it me no or so to up us we".split())
"""Short English words: what is spelt like them in Devanagari letters (यूपी, आईटी) stays as it is."""
_SPELT_OUT = re.compile(f"(?<![\u0900-\u097f])(?:{_LETTER}){{2,}}(?![\u0900-\u097f])")


def normalise(text: str) -> str:
    """Lower case, compatibility forms and accents folded, digits of Indian scripts as 0-9, ordinals as '12 th', acronyms
    in Devanagari letters (पीएचडी) as phd."""
    text = text.lower()
    if _UNUSUAL.search(text):
        text = _INDIC_DIGIT.sub(lambda digit: _INDIC_DIGITS[digit[0]], unicodedata.normalize("NFKC", text).lower())
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
        text = _SPELT_OUT.sub(_acronym, text)
    return _NUMBER.sub(_number, text) if _DIGIT.search(text) else text


def _number(found: re.Match[str]) -> str:
    """A number without the commas between its digits, an ordinal's ending as th."""
    digits, ordinal = found.groups()
    return f"{digits.replace(',', '')} th " if ordinal else digits.replace(",", "")


def _acronym(spelt: re.Match[str]) -> str:
    letters = re.sub(_LETTER, lambda letter: _LETTERS[letter[0]], spelt[0])
    return spelt[0] if letters in _ENGLISH else letters


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
    word = written(token)
    if _ACRONYM.fullmatch(word):
        return word
    for pattern, new in _SOUNDS:
        word = pattern.sub(new, word)
    return word or token


@lru_cache(maxsize=50_000)
def consonants(token: str) -> str:
    """What is left of a word's sound without vowels: equal for an English word and its spelling in an Indian script
    (humboldt, हम्बोल्ट) more often than `sound`, and for more words that are not the same."""
    word = written(token)
    for pattern, new in _CONSONANTS:
        word = pattern.sub(new, word)
    return word


def written(token: str) -> str:
    """A word in Roman letters."""
    return romanised(token) if is_indic(token) else token


@lru_cache(maxsize=50_000)
def romanised(token: str) -> str:
    """An Indian-script word in lower-case Roman letters, by its Unicode block."""
    script = _SCRIPTS[min((ord(token[0]) - 0x0900) // 0x80, len(_SCRIPTS) - 1)]
    return re.sub(r"[^a-z]", "", sanscript.transliterate(token, script, sanscript.ITRANS).lower())
