#!/bin/sh
# Proves that every contract passes the lint of datacontract-cli, which must not be among our own dependencies (it pins an
# older DuckDB and is large). It goes into an environment in a temporary folder, gone afterwards. Needs the network.
#     sh bootstrap/standard_lint.sh [folder of contracts]
set -eu
HERE=$(cd "$(dirname "$0")/.." && pwd)
AWAY=$(mktemp -d)
trap 'rm -rf "$AWAY"' EXIT
"$HERE/.venv/bin/uv" venv -q --python "$HERE/.venv/bin/python" "$AWAY/venv"
"$HERE/.venv/bin/uv" pip install -q --python "$AWAY/venv/bin/python" "datacontract-cli==1.2.8"
cd "$AWAY"
"$AWAY/venv/bin/python" "$HERE/bootstrap/standard_lint.py" "$(cd "$HERE" && cd "${1:-data_contracts}" && pwd)"
