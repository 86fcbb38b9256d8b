"""Consistent request tables, and the slips that happen to them. Knows nothing of how they are found again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from gouji.forms import editions
from gouji.forms.spec import TableSpec
from gouji.model.report import State, Value

Grid = list[list[int | None]]
"""Rows x 7 columns as printed; ``None`` is a cell in which nothing stands."""

APPLICANTS = ((0.95, 1.0), (0.03, 0.8), (0.002, 0.1), (0.002, 0.1), (0.015, 0.35), (0.003, 0.25))
"""Share of each kind of applicant, and how often a body has any of that kind at all."""

OUTCOMES = (
    0.45,
    0.15,
    0.001,
    0.01,
    0.003,
    0.003,
    0.003,
    0.004,
    0.003,
    0.03,
    0.25,
    0.004,
    0.005,
    0.02,
    0.01,
    0.0,
    0.0,
    0.001,
)
"""Share of each outcome, after a city's published table; the last rows share the rest."""


def requests_table(edition: str) -> TableSpec:
    return editions()[edition].table("requests")


def make_grid(rng: Random, *, edition: str, size: int) -> Grid:
    """A table whose sums hold, with about ``size`` requests received."""
    details = len(requests_table(edition).blocks[0].rows) - 4
    shares = [share * rng.uniform(0.3, 1.7) * (rng.random() < often) for share, often in APPLICANTS]
    outcomes = [(OUTCOMES[i] if i < len(OUTCOMES) else 0.02) * rng.choice((0.0, 0.5, 1.0, 1.5)) for i in range(details)]
    outcomes[0] += 0.2
    shares[0] += 0.2
    body = [[0] * 6 for _ in range(details)]
    for _ in range(size):
        row = rng.choices(range(details), outcomes)[0]
        body[row][rng.choices(range(6), shares)[0]] += 1
    handled = [sum(row[c] for row in body) for c in range(6)]
    carried_in = [min(n, sum(rng.random() < 0.02 for _ in range(n))) for n in handled]
    over = [sum(rng.random() < 0.03 for _ in range(n)) for n in handled]
    received = [a + b - c for a, b, c in zip(handled, over, carried_in, strict=True)]
    rows = [received, carried_in, *body, handled, over]
    return [[*row, sum(row)] for row in rows]


def to_cells(grid: Grid, *, edition: str) -> dict[str, Value]:
    blank = Value(value=None, state=State.BLANK)
    numbers = [number for row in grid for number in row]
    return {
        key: blank if number is None else Value(value=number, state=State.REPORTED, raw=str(number))
        for key, number in zip(requests_table(edition).slots, numbers, strict=True)
    }


Slip = Callable[[Grid, Random], bool]
"""Spoils the grid in place; false when it cannot happen to this one."""


def _pick(grid: Grid, rng: Random, least: int = 1) -> tuple[int, int] | None:
    cells = [(r, c) for r, row in enumerate(grid) for c, n in enumerate(row) if n is not None and n >= least]
    return rng.choice(cells) if cells else None


def _number(grid: Grid, r: int, c: int) -> int:
    number = grid[r][c]
    assert number is not None
    return number


def substitute(grid: Grid, rng: Random) -> bool:
    place = _pick(grid, rng, 1 if rng.random() < 0.8 else 0)
    if place is None:
        return False
    r, c = place
    text = str(grid[r][c])
    i = rng.randrange(len(text))
    digits = [d for d in "0123456789" if d != text[i] and (d != "0" or i or len(text) == 1)]
    grid[r][c] = int(text[:i] + rng.choice(digits) + text[i + 1 :])
    return True


def transpose(grid: Grid, rng: Random) -> bool:
    cells = [
        (r, c, i)
        for r, row in enumerate(grid)
        for c, n in enumerate(row)
        for i, (a, b) in enumerate(zip(str(n or 0), str(n or 0)[1:], strict=False))
        if a != b and (i or b != "0")
    ]
    if not cells:
        return False
    r, c, i = rng.choice(cells)
    text = str(grid[r][c])
    grid[r][c] = int(text[:i] + text[i + 1] + text[i] + text[i + 2 :])
    return True


def drop_digit(grid: Grid, rng: Random) -> bool:
    place = _pick(grid, rng, 10)
    if place is None:
        return False
    r, c = place
    text = str(grid[r][c])
    i = rng.randrange(len(text))
    rest = text[:i] + text[i + 1 :]
    if rest[0] == "0" and len(rest) > 1:
        return False
    grid[r][c] = int(rest)
    return True


def extra_digit(grid: Grid, rng: Random) -> bool:
    place = _pick(grid, rng)
    if place is None:
        return False
    r, c = place
    text = str(grid[r][c])
    i = rng.randrange(len(text))
    grid[r][c] = int(text[: i + 1] + rng.choice((text[i], str(rng.randrange(10)))) + text[i + 1 :])
    return True


def lose(grid: Grid, rng: Random) -> bool:
    place = _pick(grid, rng)
    if place is None:
        return False
    grid[place[0]][place[1]] = rng.choice((0, None))
    return True


def move_column(grid: Grid, rng: Random) -> bool:
    cells = [
        (r, c, d)
        for r, row in enumerate(grid)
        for c in range(6)
        for d in (c - 1, c + 1)
        if row[c] and 0 <= d < 6 and row[d] == 0
    ]
    if not cells:
        return False
    r, c, d = rng.choice(cells)
    grid[r][c], grid[r][d] = 0, grid[r][c]
    return True


def move_row(grid: Grid, rng: Random) -> bool:
    cells = [
        (r, q, c)
        for r, row in enumerate(grid)
        for q in (r - 1, r + 1)
        for c in range(6)
        if 0 <= q < len(grid) and row[c] and grid[q][c] == 0
    ]
    if not cells:
        return False
    r, q, c = rng.choice(cells)
    grid[r][c], grid[q][c] = 0, grid[r][c]
    return True


def split(grid: Grid, rng: Random) -> bool:
    cells = [(r, c) for r, row in enumerate(grid) for c in range(6) if (row[c] or 0) >= 10 and row[c + 1] == 0]
    cells = [(r, c) for r, c in cells if any(d != "0" for d in str(grid[r][c])[1:])]
    if not cells:
        return False
    r, c = rng.choice(cells)
    grid[r][c], grid[r][c + 1] = _halves(_number(grid, r, c), rng)
    return True


def _halves(number: int, rng: Random) -> tuple[int, int]:
    text = str(number)
    cuts = [i for i in range(1, len(text)) if text[i] != "0" or i == len(text) - 1]
    cut = rng.choice(cuts or [1])
    return int(text[:cut]), int(text[cut:])


def split_shift(grid: Grid, rng: Random) -> bool:
    cells = [(r, c) for r, row in enumerate(grid) for c in range(6) if (row[c] or 0) >= 10]
    cells = [(r, c) for r, c in cells if "0" not in str(grid[r][c])[1:]]
    if not cells:
        return False
    r, c = rng.choice(cells)
    grid[r] = [*grid[r][:c], *_halves(_number(grid, r, c), rng), *grid[r][c + 1 : -1]]
    return True


def drop_blank(grid: Grid, rng: Random) -> bool:
    cells = [(r, c) for r, row in enumerate(grid) for c in range(6) if row[c] == 0 and any(row[c + 1 :])]
    if not cells:
        return False
    r, c = rng.choice(cells)
    grid[r] = [*grid[r][:c], *grid[r][c + 1 :], None]
    return True


def extra_token(grid: Grid, rng: Random) -> bool:
    place = _pick(grid, rng)
    if place is None:
        return False
    r, c = place
    grid[r] = [*grid[r][:c], grid[r][c], *grid[r][c:-1]]
    return True


TYPOS: dict[str, Slip] = {
    "digit substituted": substitute,
    "transposition": transpose,
    "dropped digit": drop_digit,
    "extra digit": extra_digit,
    "value lost": lose,
}
SHIFTS: dict[str, Slip] = {
    "moved one column": move_column,
    "moved one row": move_row,
    "split in place": split,
    "split + right shift": split_shift,
    "dropped blank": drop_blank,
    "extra token": extra_token,
}


def typos(count: int) -> Slip:
    def spoil(grid: Grid, rng: Random) -> bool:
        clean = [row[:] for row in grid]
        for _ in range(count):
            if not rng.choice(list(TYPOS.values()))(grid, rng):
                return False
        return sum(a != b for x, y in zip(clean, grid, strict=True) for a, b in zip(x, y, strict=True)) == count

    return spoil


def any_two(grid: Grid, rng: Random) -> bool:
    """Two slips of any kinds, in different rows unless they meet by chance."""
    kinds = list((TYPOS | SHIFTS).values())
    return rng.choice(kinds)(grid, rng) and rng.choice(kinds)(grid, rng)


def author(row_choice: str) -> Slip:
    """An author's consistent slip: a cell and its row's total, alike."""

    def spoil(grid: Grid, rng: Random) -> bool:
        r = 0 if row_choice == "received" else rng.randrange(2, len(grid) - 2)
        c = rng.randrange(6)
        delta = rng.choice((-10, -3, -2, -1, 1, 2, 3, 10))
        if _number(grid, r, c) + delta < 0:
            return False
        grid[r][c], grid[r][6] = _number(grid, r, c) + delta, _number(grid, r, 6) + delta
        return True

    return spoil


def misbook(grid: Grid, rng: Random) -> bool:
    """An author's: some requests of a row booked under another kind of applicant; the total is right."""
    place = _pick([row[:6] for row in grid], rng, 2)
    if place is None:
        return False
    r, c = place
    d = rng.choice([column for column in range(6) if column != c])
    some = rng.randrange(1, _number(grid, r, c))
    grid[r][c], grid[r][d] = _number(grid, r, c) - some, _number(grid, r, d) + some
    return True


CLASSES: dict[str, Slip] = {
    **TYPOS,
    **SHIFTS,
    "two typos": typos(2),
    "two slips of any kind": any_two,
    "author: detail and its total": author("detail"),
    "author: 一 and its total": author("received"),
    "author: some in another column": misbook,
    "three typos": typos(3),
}
