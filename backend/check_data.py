"""`make check-data`: say whether the catalogue is sound, with file, line, column and expectation of each problem."""

import sys
from pathlib import Path

from backend.catalogue import read_csv
from backend.errors import CatalogueError, SettingsError
from backend.settings import read_settings


def main(arguments: list[str]) -> int:
    """Check the files given, or the configured catalogue; 0 where all is well, else 1."""
    try:
        for path in map(Path, arguments or [str(read_settings().catalogue)]):
            catalogue = read_csv(path)
            print(f"{path}: {len(catalogue)} rows, no problems, version {catalogue.version}")
    except (CatalogueError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
