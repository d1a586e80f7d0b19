"""The example board: three years of synthetic submissions of a fictional area."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lscb_analysis.demo.actions import write_actions
from lscb_analysis.demo.annex_a import write_annex_a
from lscb_analysis.demo.board import Board, make_board
from lscb_analysis.demo.deaths import write_deaths
from lscb_analysis.demo.planted import AREA_CODE, MARK, QUARTERS, SEED
from lscb_analysis.demo.published import write_published
from lscb_analysis.demo.quarterly import write_insights, write_logs, write_marac, write_police
from lscb_analysis.demo.returns import write_returns
from lscb_analysis.demo.yearly import write_cin_census, write_ssda903
from lscb_analysis.periods import Quarter

__all__ = ["AREA_CODE", "write_example_board"]


def write_example_board(
    folder: Path, seed: int = SEED, quarters: Sequence[Quarter] = QUARTERS
) -> list[Path]:
    """The files written: a folder a quarter, the invented statistics in `published/`, and the
    board's challenges and actions.

    Synthetic, in the real formats (docs/formats.md); the same seed writes the same bytes.
    `quarters` leaves out folders, not events: what is written stays the same.
    """
    board = make_board(seed)
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "README.txt"
    note.write_text(f"{MARK}\nWritten by lscb demo. See docs/example_board.md.\n", "utf-8")
    files = [note, *write_published(folder, seed), write_actions(folder)]
    for quarter in quarters:
        files += _write_quarter(folder / quarter.id, board, quarter)
    return files


def _write_quarter(folder: Path, board: Board, quarter: Quarter) -> list[Path]:
    files = [
        write_annex_a(folder, board, quarter),
        write_logs(folder, board, quarter),
        *write_police(folder, board, quarter),
        write_marac(folder, board.seed, quarter),
        write_insights(folder, board.seed, quarter),
        write_deaths(folder, board.seed, quarter),
        *write_returns(folder, board.seed, quarter),
    ]
    if quarter.number == 4:
        files += write_ssda903(folder, board, quarter)
        files.append(write_cin_census(folder, board, quarter))
    return files
