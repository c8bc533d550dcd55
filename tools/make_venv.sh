#!/bin/sh
# make_venv.sh FOLDER: makes a virtual environment with the newest Python that fits, or names the line that installs one.
# TensorFlow has wheels for Python 3.11 to 3.13. The environment variable PYTHON names another interpreter.
set -eu
folder=$1
fits='import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
has_venv='import ensurepip, venv'
without_venv=

for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    "$python" -c "$fits" 2>/dev/null || continue
    if "$python" -c "$has_venv" 2>/dev/null; then
        echo "Making $folder with $("$python" --version)." >&2
        exec "$python" -m venv --clear "$folder"
    fi
    without_venv=${without_venv:-$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')}
done

if [ -n "$without_venv" ]; then
    echo "$without_venv is here, but its module venv is not. Install it, then say make again:" >&2
    echo "    sudo apt-get install $without_venv-venv" >&2
    exit 1
fi
echo "Python 3.11, 3.12 or 3.13 is needed; found ${PYTHON:-$(python3 --version 2>/dev/null || echo none)}. Install it, then say make again:" >&2
echo "    sudo apt-get install python3 python3-venv      (Debian 12 or newer, Ubuntu 24.04 or newer)" >&2
echo "    sudo dnf install python3.12                    (Fedora)" >&2
echo "    brew install python@3.13                       (macOS)" >&2
exit 1
