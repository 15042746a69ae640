"""Amounts of money as people write them: Indian grouping for rupees, the currency's sign or code before the figure."""

SIGNS = {"INR": "₹", "USD": "$", "EUR": "€", "GBP": "£"}


def money(amount: float, currency: str | None) -> str:
    """An amount with its currency, e.g. ₹2,50,000 or CAD 1,200; whole amounts without decimals."""
    whole = f"{amount:.2f}".rstrip("0").rstrip(".") if amount != int(amount) else str(int(amount))
    digits, _, cents = whole.partition(".")
    grouped = _indian(digits) if currency == "INR" else f"{int(digits):,}"
    sign = SIGNS.get(currency or "", f"{currency} " if currency else "")
    return f"{sign}{grouped}{'.' + cents if cents else ''}"


def _indian(digits: str) -> str:
    head, tail = digits[:-3], digits[-3:]
    parts: list[str] = []
    while head:
        parts.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*parts, tail])
