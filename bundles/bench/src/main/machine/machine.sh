#!/bin/sh
# A virtual machine with real ALSA and real USB MIDI for programs that come from this system: Debian's kernel under
# QEMU without KVM. No root, no network in the machine; nothing is written but the cache and the shared folder.
#   machine.sh prepare                 gets the kernel, once; without network where the cache has it
#   machine.sh run HOME JAVA SHARE     boots, runs "sh SHARE/command", ends; exit: that of the command
# In the machine: /usr of this system, HOME at /carillon, the Java home at /jdk, all read-only; SHARE at /share.
# Environment: CARILLON_MACHINE_CACHE, CARILLON_MACHINE_SECONDS (limit of a run, 900). Exit 3: cannot be had here.
set -eu

PATH=$PATH:/usr/sbin:/sbin
MISSING=3
EARLY='virtio_pci 9pnet_virtio 9p'
LATE='snd-seq snd-seq-midi snd-usb-audio libcomposite usb_f_midi dummy_hcd'
here=$(cd "$(dirname "$0")" && pwd)
trap 'exit 143' INT TERM
cache=${CARILLON_MACHINE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/carillon/machine}

say() {
    printf 'machine: %s\n' "$*" >&2
}

give_up() {
    say "$*"
    exit $MISSING
}

need_programs() {
    [ "$(uname -sm)" = 'Linux x86_64' ] || give_up "the machine runs on Linux x86_64 only: system=$(uname -sm)"
    missing=
    command -v qemu-system-x86_64 >/dev/null || missing="$missing qemu-system-x86"
    # one that needs libraries cannot begin before /usr is there
    { command -v busybox && ! ldd "$(command -v busybox)"; } >/dev/null 2>&1 || missing="$missing busybox-static"
    command -v cpio >/dev/null || missing="$missing cpio"
    command -v modprobe >/dev/null || missing="$missing kmod"
    [ -z "$missing" ] || give_up "programs are missing; type: sudo apt-get install -y --no-install-recommends$missing"
}

# The modules that one needs and itself, in the order of loading, as paths below lib/modules/VERSION.
with_needs() {
    for module; do
        modprobe -d "$kernel" -S "$version" --show-depends "$module"
    done | sed -n "s|^insmod .*/lib/modules/$version/\([^ ]*\).*|\1|p" | awk '!seen[$0]++'
}

# Leaves in the cache: vmlinuz, the modules, and in early and late their order before and after /usr is there.
unpack() {
    version=${package#linux-image-}
    kernel=$work/kernel
    dpkg-deb -x "$work"/*.deb "$kernel"
    depmod -b "$kernel" "$version"
    mkdir -p "$work/new/modules"
    # modules are named by words
    # shellcheck disable=SC2086
    with_needs $EARLY >"$work/early"
    # shellcheck disable=SC2086
    with_needs $EARLY $LATE | while read -r file; do
        cp "$kernel/lib/modules/$version/$file" "$work/new/modules"
        list=late
        ! grep -qxF "$file" "$work/early" || list=early
        echo "/modules/$(basename "$file")" >>"$work/new/$list"
    done
    cp "$kernel/boot/vmlinuz-$version" "$work/new/vmlinuz"
}

prepare() {
    need_programs
    mkdir -p "$cache"
    exec 9>"$cache/lock"
    flock 9
    [ -f "$cache/kernel/vmlinuz" ] && return
    package=$(apt-cache depends linux-image-amd64 2>/dev/null | awk '/Depends: linux-image-/ { print $2; exit }')
    [ -n "$package" ] || give_up "Debian's kernel is not in the lists of packages; type: sudo apt-get update"
    work=$(mktemp -d "$cache/work.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    chmod 755 "$work"
    say "fetching $package, 70 MB, once"
    (cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$package") >&2 || give_up "kernel cannot be fetched: package=$package"
    unpack
    mv "$work/new" "$cache/kernel"
    rm -rf "$work"
    trap - EXIT
}

# The first file system: busybox, the modules, what starts the rest. Small, so made for each run.
pack() {
    root=$work/root
    for folder in bb dev proc sys usr etc tmp run root jdk carillon share; do
        mkdir -p "$root/$folder"
    done
    for link in bin sbin lib lib64; do
        ln -s "usr/$link" "$root/$link"
    done
    cp "$(command -v busybox)" "$root/bb/busybox"
    cp -r "$cache/kernel/modules" "$cache/kernel/early" "$cache/kernel/late" "$root"
    cp "$here/init.sh" "$root/init"
    chmod 755 "$root/init"
    # packages of Debian keep a part of Java there
    for settings in /etc/java-*; do
        [ -d "$settings" ] && cp -rL "$settings" "$root/etc/" 2>/dev/null
    done
    (cd "$root" && find . | cpio -o -H newc -R 0:0 --quiet | gzip -1) >"$work/initrd.gz"
}

folder() {
    printf '%s' "-fsdev local,id=$1,path=$2,security_model=none$3 -device virtio-9p-pci,fsdev=$1,mount_tag=$1"
}

run() {
    for each; do
        case $each in
            *[\ ,]*) give_up "folders of the machine must have no blank or comma in their path: folder=$each" ;;
        esac
    done
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    pack
    rm -f "$3/status"
    # folders are words of their own: looked at above
    # shellcheck disable=SC2046
    timeout -k 5 "${CARILLON_MACHINE_SECONDS:-900}" qemu-system-x86_64 -accel tcg,thread=single -icount shift=1 -cpu max -smp 1 \
        -machine q35,usb=off,vmport=off -m 1024 -nodefaults -no-user-config -nographic -serial stdio -no-reboot \
        -kernel "$cache/kernel/vmlinuz" -initrd "$work/initrd.gz" \
        -append 'console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable' \
        $(folder usr /usr ,readonly=on) $(folder carillon "$1" ,readonly=on) $(folder jdk "$2" ,readonly=on) \
        $(folder share "$3" '') </dev/null || say "the machine has not ended by itself: status=$?"
    [ -f "$3/status" ] || { say 'the machine has left no status'; exit 1; }
    exit "$(cat "$3/status")"
}

case "${1:-} $#" in
    "prepare 1") prepare ;;
    "run 4") (prepare) && run "$(realpath "$2")" "$(realpath "$3")" "$(realpath "$4")" ;;
    *) sed -n '2,7s/^# //p' "$0" >&2; exit 2 ;;
esac
