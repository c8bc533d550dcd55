# sh tools/run_read_only.sh ROOT NAME=VALUE… COMMAND…    runs the command of an unpacked image, for tools/check_image.sh
#
# What `docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --user 1000` does, within
# the mount namespace that `unshare --mount` has made for it.
set -eu
root=$1
shift
mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero random urandom; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/shm"
mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs -o size=1g,mode=1777 tmpfs "$root/tmp"
mount -o remount,bind,ro "$root"
exec env -i PATH="$PATH" HOME=/home/samepixels chroot "$root" \
    setpriv --reuid=1000 --regid=1000 --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs \
    env --chdir=/app "$@"
