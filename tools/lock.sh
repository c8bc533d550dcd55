#!/bin/sh
# make lock    writes requirements.lock: every package of requirements.txt, with those that they need, at one version and
#              with the hashes of its files, for Python 3.11 to 3.13 on every system; the newest that requirements.txt
#              allows. The image is made from it.
set -eu
cd "$(dirname "$0")/.."
# ai-edge-litert asks for backports-strenum on every Python; from 1.3 on it says that it is for those before 3.11 only,
# which uv does not look at, and pip does.
echo 'backports-strenum<1.3' | "${UV:-uv}" pip compile --upgrade --universal --python-version 3.11 --generate-hashes \
    --no-annotate --custom-compile-command "make lock" --no-emit-index-url --constraint - --output-file requirements.lock --quiet requirements.txt
