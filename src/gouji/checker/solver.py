"""Three and more wrong cells: the smallest sets that explain a syndrome, by integer programming (``gouji[solver]``).

The solver only proposes which cells; every proposal is verified in exact integers, and none is ever a sure answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from gouji.checker.code import Changes, Syndrome
from gouji.checker.hypotheses import Judge

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

_SUPPORTS = 5
_SECONDS = 2.0
_EPSILON = 1e-6


def solve(judge: Judge, syndrome: Syndrome) -> Iterator[Changes]:
    """Up to five sets of changes, the cheapest first; none without scipy."""
    if find_spec("scipy") is None:
        return
    cells = [cell for cell, column in enumerate(judge.code.columns) if column]
    cuts: list[set[int]] = []
    for _ in range(_SUPPORTS):
        changes = _solve_once(judge, syndrome, cells=cells, cuts=cuts)
        if not changes:
            return
        cuts.append(set(changes))
        yield changes


def _solve_once(judge: Judge, syndrome: Syndrome, *, cells: list[int], cuts: list[set[int]]) -> Changes:
    """Variables are p (too small by), q (too large by), z (changed), each for every cell."""
    import numpy as np
    from scipy.optimize import Bounds, milp

    size = len(cells)
    bound = float(sum(abs(rest) for rest in syndrome.values()))
    values = np.array([judge.evidence.values[cell] for cell in cells], dtype=float)
    cost = np.concatenate([np.full(2 * size, _EPSILON), [judge.base(cell) for cell in cells]])
    upper = np.concatenate([np.full(size, bound), np.minimum(np.maximum(values, 0), bound), np.ones(size)])
    result = milp(
        cost,
        integrality=np.concatenate([np.zeros(2 * size), np.ones(size)]),
        bounds=Bounds(np.zeros(3 * size), upper),
        constraints=_constraints(judge, syndrome, cells=cells, cuts=cuts, upper=upper),
        options={"time_limit": _SECONDS},
    )
    if result.x is None:
        return {}
    deltas = np.rint(result.x[size : 2 * size] - result.x[:size]).astype(int)
    return {cell: int(delta) for cell, delta in zip(cells, deltas, strict=True) if delta}


def _constraints(
    judge: Judge, syndrome: Syndrome, *, cells: list[int], cuts: list[set[int]], upper: Any
) -> list[LinearConstraint]:
    import numpy as np
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array, diags_array, hstack

    size = len(cells)
    matrix = np.zeros((len(judge.code.equations), size))
    for index, cell in enumerate(cells):
        for equation, coefficient in judge.code.columns[cell]:
            matrix[equation, index] = coefficient
    right = np.array([syndrome.get(number, 0) for number in range(len(judge.code.equations))], dtype=float)
    sums = csr_array(np.hstack([-matrix, matrix, np.zeros_like(matrix)]))
    links = hstack([diags_array(np.ones(2 * size)), -_stack_limits(upper, size)], format="csr")
    found = [LinearConstraint(sums, right, right), LinearConstraint(links, -np.inf, 0)]
    for cut in cuts:
        row = np.concatenate([np.zeros(2 * size), [float(cell in cut) for cell in cells]])
        found.append(LinearConstraint(row[None, :], -np.inf, len(cut) - 1))
    return found


def _stack_limits(upper: Any, size: int) -> Any:
    """Keep p and q at most their bounds times z."""
    from scipy.sparse import diags_array, vstack

    return vstack([diags_array(upper[:size]), diags_array(upper[size : 2 * size])])
