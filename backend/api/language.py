"""Which language a caller wants to read errors and the page in."""

DEFAULT = "en"
SPOKEN = ("en", "hi")


def preferred(accept_language: str) -> str:
    """The first of our languages that an Accept-Language header wants (RFC 9110, 12.5.4), else English."""
    best, most = DEFAULT, 0.0
    for part in accept_language.lower().split(","):
        name, _, weight = part.partition(";")
        code = name.strip().partition("-")[0]
        try:
            wish = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        if code in SPOKEN and most < wish <= 1:
            best, most = code, wish
    return best
