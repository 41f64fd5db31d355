"""Checks of values that settings of several apps have in common: "", or what is wrong."""


def not_negative(value: int) -> str:
    return "" if value >= 0 else f"must be 0 or more, not {value}"


def positive(value: int) -> str:
    return "" if value > 0 else f"must be 1 or more, not {value}"
