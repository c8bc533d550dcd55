"""What a worker's threads write, the process that started it reads."""

import subprocess
import sys

from core.auditing.board import Board


def test_what_is_written_is_read_by_another_process_and_after_its_end() -> None:
    board = Board.new(threads=3)
    code = f"""
from pathlib import Path
from core.auditing.board import Board
board = Board(Path({str(board.path)!r}))
board.write(0, 0, 0)
board.write(1, 70_000, 255)
board.write(2, 5, 1)
board.write(2, 5, None)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    assert board.read() == {0: (0, 0), 1: (70_000, 255)}
    board.close()
    assert not board.path.exists()
