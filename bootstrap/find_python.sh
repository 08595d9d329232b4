#!/bin/sh
# Prints the newest Python between 3.11 and 3.13 that can make a virtual environment. Used by the Makefile only.
# Looks on the PATH, then among pyenv's versions (whose shims answer only for the version that is switched on).
set -u
usable() { "$1" -c 'import ensurepip, venv, ssl, sqlite3' >/dev/null 2>&1; }
if [ -n "${PYTHON:-}" ]; then
  if usable "$PYTHON" && "$PYTHON" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'; then
    "$PYTHON" -c 'import sys; print(sys.executable)'; exit 0
  fi
  echo "PYTHON=$PYTHON cannot be used: it must be Python 3.11, 3.12 or 3.13 with the venv and ssl modules." >&2
  exit 2
fi
for minor in 13 12 11; do
  for candidate in "python3.$minor" python3 "${PYENV_ROOT:-${HOME:-/root}/.pyenv}"/versions/3."$minor".*/bin/python; do
    [ -n "$candidate" ] || continue
    found=$(command -v "$candidate" 2>/dev/null) || continue
    [ "$("$found" -c 'import sys; print(sys.version_info[1] if sys.version_info[0] == 3 else 0)' 2>/dev/null)" = "$minor" ] || continue
    if usable "$found"; then "$found" -c 'import sys; print(sys.executable)'; exit 0; fi
  done
done
echo "No usable Python 3.11, 3.12 or 3.13 was found (it must have the venv and ssl modules). Install one, for example the Debian packages python3 and python3-venv, or name one with PYTHON=/path/to/python." >&2
exit 2
