# Sourced by packaging/verify.sh: installs the .rpm into an empty folder, with what it requires looked up.
# shellcheck shell=bash
#
# The .rpm asks for libraries and their versions. A package of nothing is made here that provides what the
# libraries of the Debian provide that the .deb was installed in, by rpm's own elfdeps, so rpm itself says
# whether each requirement can be met by those names and versions. The names are Fedora's, openSUSE's and
# RHEL's too; whether their versions do is only shown there. Its scripts are run by the Debian's shell.

provide_libraries() { # provide_libraries FOLDER INTO
    find "$1/usr/lib/x86_64-linux-gnu" "$1/lib64/" -maxdepth 1 -name '*.so*' |
        { /usr/lib/rpm/elfdeps --provides || :; } | sort -u >"$work/provides"
    {
        printf 'name: libraries-of-debian\narch: amd64\nplatform: linux\nversion: "1"\n'
        printf 'maintainer: "The proof <packages@followup-desk.example>"\ndescription: what the libraries of a Debian provide\n'
        printf 'contents:\n  - {dst: /usr/share/libraries-of-debian, type: dir}\nprovides:\n'
        sed 's/.*/  - "&"/' "$work/provides"
        # Debian's libbz2.so.1 calls itself libbz2.so.1.0; elsewhere the name is as Qt's FFmpeg asks for it.
        printf '  - "%s"\n' 'rtld(GNU_HASH)' ca-certificates /bin/sh 'libbz2.so.1()(64bit)'
    } >"$work/libraries.yaml"
    build/tools/bin/nfpm package --config "$work/libraries.yaml" --packager rpm --target "$2" >/dev/null
}

verify_rpm() {
    local rpm empty=$work/empty wanted
    rpm=$(echo dist/agent-app-*.x86_64.rpm)
    rm -rf "$empty" "$work/libraries.rpm"
    mkdir -p "$empty"
    in_empty() { rpm --root "$empty" --dbpath /var/lib/rpm "$@"; }
    in_empty --initdb
    in_empty -i "$rpm" >"$work/rpm.log" 2>&1 && failed "the .rpm goes into an empty folder: it requires nothing"
    wanted=$(grep -c 'is needed by' "$work/rpm.log")
    provide_libraries "$chroot" "$work/libraries.rpm"
    for file in bin/sh lib/x86_64-linux-gnu/libc.so.6 lib64/ld-linux-x86-64.so.2; do # what a shell is made of
        install -D "$chroot/$file" "$empty/$file"
    done
    in_empty -i "$work/libraries.rpm" "$rpm" >"$work/rpm.log" 2>&1 || { cat "$work/rpm.log"; failed "the .rpm"; }
    in_empty -V agent-app >"$work/rpm.log" || { cat "$work/rpm.log"; failed "rpm -V"; }
    diff <(dpkg-deb -c "$deb" | sed -nE 's:^[^d].* \./((usr|etc)/[^ ]*).*:\1:p' | grep -vE 'changelog.Debian|usr/share/lintian' | sort) \
        <(cd "$empty" && find usr etc -not -type d | sort) || failed "the .rpm and the .deb hold other files"
    passed "the .rpm goes into an empty root: each of its $wanted requirements is met by name and version, its files are the .deb's"
    # The same libraries, the files of the .rpm: it runs.
    cp -a "$empty/usr" "$chroot/"
    user env QT_QPA_PLATFORM=offscreen /usr/bin/agent-app selftest --json >"$work/rpm.log" 2>&1 ||
        { cat "$work/rpm.log"; failed "selftest of the .rpm's files"; }
    in_empty -e agent-app >"$work/rpm.log" 2>&1 || { cat "$work/rpm.log"; failed "the .rpm's removal"; }
    [ -z "$(find "$empty/usr" "$empty/etc" -not -type d)" ] || failed "the .rpm's removal left files"
    passed "the .rpm's files run, and its removal leaves no file"
}
