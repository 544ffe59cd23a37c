"""Sets text in a box of a small card, without asking the font: PDF engines differ.

Widths are those of the widest letter of a class, so that a text that fits here fits on
paper, whichever of the usual sans-serif fonts the machine has.
"""

# Share of the size of the font: plain, bold.
_WIDTHS = (
    ("ijlI.,:;'|!()[] ’", 0.41, 0.46),
    ("mwMWOQ@%", 1.0, 1.11),
    ("frstzckv-J", 0.6, 0.67),
    ("0123456789", 0.64, 0.7),
)
_LOWER, _UPPER = (0.64, 0.72), (0.8, 0.86)
LINE_HEIGHT = 1.18


def width(text, size, bold=False) -> float:
    """At most this long, in the unit of ``size``."""
    return size * sum(_letter(sign, bold) for sign in text)


def fitted(paragraphs, box_width, box_height, sizes, bold=False):
    """The largest of the sizes at which the text fits, and its lines.

    :param paragraphs: texts, each starting a line
    :param sizes: font sizes, the preferred one first
    :return: (size, [line]); at the last size, what still does not fit ends with “…”
    """
    for size in sizes:
        lines = [
            line for text in paragraphs for line in wrapped(text, box_width, size, bold)
        ]
        if len(lines) * size * LINE_HEIGHT <= box_height:
            return size, lines
    most = max(int(box_height / (size * LINE_HEIGHT)), 1)
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = _cut(lines[-1], box_width, size, bold)
    return size, lines


def wrapped(text, box_width, size, bold=False) -> list[str]:
    """The text in lines no longer than the box; a word that is longer is cut in two."""
    lines, line = [], ""
    for word in (text or "").split(" "):
        longer = f"{line} {word}".strip()
        if width(longer, size, bold) <= box_width:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size, bold) > box_width:
            fits = _fitting(word, box_width, size, bold)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def _fitting(word, box_width, size, bold):
    """How many of the first letters fit, cut after a hyphen if there is one."""
    fits = 1
    while fits < len(word) and width(word[: fits + 1], size, bold) <= box_width:
        fits += 1
    hyphen = word[:fits].rfind("-") + 1
    return hyphen or fits


def _cut(line, box_width, size, bold):
    while line and width(f"{line}…", size, bold) > box_width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _letter(sign, bold):
    for signs, plain, heavy in _WIDTHS:
        if sign in signs:
            return heavy if bold else plain
    return (_UPPER if sign.isupper() or not sign.isalpha() else _LOWER)[bold]
