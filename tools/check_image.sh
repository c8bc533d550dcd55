# make image-check    builds the image of the Dockerfile, starts it as compose.yaml does, and looks at it from outside
#
# With a Docker engine that answers, it is `docker build`. Without one, but as root on Debian with debootstrap and
# buildah, the same Dockerfile is built on a Debian of its own packages (its Python is 3.11), for which no registry is
# needed. Either way the server then runs as user 1000, without capabilities, on a root file system that is read-only.
# Five to ten minutes and 8 GB in $TMPDIR, of which nothing is left.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
PORT=${PORT:-8599}
work=$(mktemp -d)
server=
stop() { :; }
trap 'stop; rm -rf "$work"' EXIT

look_at_it() {
    "$PYTHON" tools/check_page.py "http://127.0.0.1:$PORT"
}

with_docker() {
    docker build --tag samepixels-check .
    stop() { docker rm --force samepixels-check >/dev/null 2>&1; }
    docker run --init --detach --name samepixels-check --publish "127.0.0.1:$PORT:8501" --read-only --tmpfs /tmp:size=1g \
        --cap-drop ALL --security-opt no-new-privileges samepixels-check
    look_at_it
    docker stop --time 40 samepixels-check
    docker logs samepixels-check 2>&1 | tail -n 3
}

build() { buildah --root "$work/images" --runroot "$work/run" "$@"; }

debian_with_python() {
    debootstrap --variant=minbase --include=python3,python3-pip,ca-certificates bookworm "$work/debian" \
        http://deb.debian.org/debian >"$work/debootstrap.log" 2>&1 || { tail "$work/debootstrap.log"; return 1; }
    ln -s python3 "$work/debian/usr/bin/python"
    rm "$work"/debian/usr/lib/python3*/EXTERNALLY-MANAGED # it is the image's own, as in the official one
}

with_buildah() {
    debian_with_python
    base=$(build from scratch)
    build add --quiet "$base" "$work/debian" /
    build commit --quiet "$base" debian-with-python
    rm -rf "$work/debian"
    # A mirror and its certificate, where this machine has them, are what the build uses, too.
    mirror=(--volume /etc/ssl/certs:/etc/ssl/certs:ro)
    [ ! -e /etc/pip.conf ] || mirror+=(--volume /etc/pip.conf:/etc/pip.conf:ro)
    build build --format docker --isolation chroot "${mirror[@]}" --build-arg BASE_IMAGE=localhost/debian-with-python --tag samepixels-check .
    root=$(build mount "$(build from --pull-never samepixels-check)")

    stop() { [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true; build umount --all >/dev/null; build rm --all >/dev/null; }
    # The image's own environment and command; of two ports the last one counts.
    mapfile -t command < <(build inspect --type image samepixels-check | "$PYTHON" -c \
        "import json, sys; image = json.load(sys.stdin)['OCIv1']['config']; print(*image['Env'], *image['Cmd'], sep='\n')")
    unshare --mount -- sh tools/run_read_only.sh "$root" SAMEPIXELS_LOG_FORMAT=json "${command[@]}" "--server.port=$PORT" \
        >"$work/server.log" 2>&1 &
    server=$!
    look_at_it || { cat "$work/server.log"; return 1; }
    kill -TERM "$server"
    wait "$server" || true
    tail -n 3 "$work/server.log"
    server=
}

if docker info >/dev/null 2>&1; then
    with_docker
elif [ "$(id -u)" = 0 ] && command -v buildah >/dev/null && command -v debootstrap >/dev/null; then
    with_buildah
else
    echo "An image can be built with a Docker engine, or as root with: apt-get install buildah debootstrap" >&2
    exit 2
fi
echo "The image is all right."
