#!/bin/sh
# Checks the shared libraries that page rendering needs before anything else is installed. On Debian as root the
# missing ones are installed; elsewhere the message names the packages and the run stops cleanly.
set -u
missing=""
need() {  # need <soname> <debian package>
  python_check="import ctypes, sys; ctypes.CDLL('$1')"
  "$PYTHON" -c "$python_check" >/dev/null 2>&1 || missing="$missing $2"
}
need libpango-1.0.so.0 libpango-1.0-0
need libpangoft2-1.0.so.0 libpangoft2-1.0-0
need libharfbuzz.so.0 libharfbuzz0b
need libfontconfig.so.1 libfontconfig1
wanted=""
"$PYTHON" -c "import ctypes; ctypes.CDLL('libharfbuzz-subset.so.0')" >/dev/null 2>&1 || wanted=" libharfbuzz-subset0"
[ -z "$missing$wanted" ] && exit 0
if [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
  echo "Installing system libraries for page rendering:$missing$wanted" >&2
  if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing $wanted >/dev/null; then exit 0; fi
fi
if [ -z "$missing" ]; then
  echo "Note: libharfbuzz-subset is not installed; packs look the same, but their bytes may differ from those of a machine that has it (package:$wanted)." >&2
  exit 0
fi
echo "Page rendering needs system libraries that are missing. Install these packages, then run the same command again:$missing (Debian and Ubuntu names; on Fedora: pango, harfbuzz, fontconfig; on macOS: brew install pango)." >&2
exit 2
