"""How is a cell kept from running as a formula on the desk of whoever opens the file (security T38)?"""

# The full-width forms are read as the plain ones by some programs.
BEGINS_A_FORMULA = tuple("=+-@\t\r\0＝＋－＠")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
