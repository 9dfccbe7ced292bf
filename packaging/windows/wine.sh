# Sourced by verify.sh and tests_on_wine.sh: a minimal Debian 13 with Wine 10, a screen, and fresh Windowses.
# shellcheck shell=bash

work=$root/build/verify-windows
chroot=$work/debian
home=/root  # in that Debian
here=packaging/windows
pids=""
passed() { printf 'ok    %s\n' "$*"; }
failed() { printf 'FAIL  %s\n' "$*"; exit 1; }
until_true() { # until_true SECONDS COMMAND...
    local left=$(($1 * 5))
    shift
    while ! "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ $left -gt 0 ] || return 1
        sleep 0.2
    done
}

stop_wine() {
    local prefix pid place
    for prefix in desk tests; do
        if [ -d "$chroot$home/$prefix" ]; then
            in_wine $prefix wineserver -k >/dev/null 2>&1 || : # it may have ended by itself
        fi
    done
    for pid in $pids; do kill "$pid" 2>/dev/null || :; done
    pids=""
    wait
    for place in tmp/.X11-unix dev proc; do
        if mountpoint -q "$chroot/$place"; then umount "$chroot/$place" || :; fi
    done
    return 0
}

make_debian() { # once
    [ ! -f "$work/.made" ] || return 0
    say "Making a minimal Debian 13 with Wine (once)."
    rm -rf "$chroot"
    local mirror
    mirror=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | sed -n '1s:/*$::p')
    debootstrap --variant=minbase --include=ca-certificates,wine,fonts-dejavu-core trixie "$chroot" \
        ${mirror:+"$mirror"} >"$work/debootstrap.log" 2>&1 ||
        { tail -5 "$work/debootstrap.log" >&2; failed "debootstrap"; }
    cp /etc/resolv.conf "$chroot/etc/" # NSIS' installers are 32-bit programs
    (chroot "$chroot" dpkg --add-architecture i386 && chroot "$chroot" apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive chroot "$chroot" apt-get install -y -qq --no-install-recommends wine32:i386) \
        >"$work/wine.log" 2>&1 || { tail -5 "$work/wine.log" >&2; failed "Wine"; }
    echo "127.0.0.1 localhost" >"$chroot/etc/hosts"
    touch "$work/.made"
}

start_wine() { # the Debian, and a screen in it
    mkdir -p "$work/x"
    make_debian
    trap stop_wine EXIT
    mountpoint -q "$chroot/proc" || mount -t proc proc "$chroot/proc"
    mountpoint -q "$chroot/dev" || mount --bind /dev "$chroot/dev"
    mkdir -p "$chroot/tmp/.X11-unix"
    rm -f "$work/x/display"
    Xvfb -displayfd 3 -noreset -screen 0 1366x768x24 -nolisten tcp 3>"$work/x/display" 2>"$work/x/log" &
    pids="$pids $!"
    until_true 20 test -s "$work/x/display" || failed "Xvfb"
    display=:$(cat "$work/x/display")
    mount --bind /tmp/.X11-unix "$chroot/tmp/.X11-unix"
}

person=root zone=UTC  # at the computer; Wine asks the system for the name
in_wine() { # in_wine PREFIX COMMAND...
    local prefix=$1
    shift
    sed "s/^root:/$person:/" "$chroot/etc/passwd" >"$work/passwd"
    unshare --mount sh -c 'mount --bind "$1" "$2/etc/passwd" && shift && exec chroot "$@"' - "$work/passwd" \
        "$chroot" env -i HOME=$home PATH=/usr/lib/wine:/usr/bin:/bin LANG=C.UTF-8 TZ=$zone \
        DISPLAY="$display" WINEPREFIX="$home/$prefix" WINEDEBUG=-all "$@"
}
fresh() { # fresh PREFIX: a new Windows, with what Windows 10 has and Wine lacks
    if [ -d "$chroot$home/$1" ]; then in_wine "$1" wineserver -k >/dev/null 2>&1 || :; fi
    rm -rf "${chroot:?}$home/$1"
    in_wine "$1" wineboot -i >"$work/wineboot.log" 2>&1 || failed "wineboot"
    in_wine "$1" wineserver -w
    x86_64-w64-mingw32-gcc -shared -s -O1 -o "$chroot$home/$1/drive_c/windows/system32/icuuc.dll" $here/icuuc.c
}
