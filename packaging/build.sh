#!/usr/bin/env bash
# Make what an IT department installs: packaging/build.sh linux|windows [--without-sound]
#
# Linux, from the hashed locks alone: a one-folder bundle (build/bundle/agent-app) and from it a .deb, a
# .rpm and a .tar.gz in dist/, with an SBOM and the licences of all that is inside. Two builds of one
# commit are the same to the byte. `windows` makes that system's installers, here: packaging/windows/build.sh.
# macOS: packaging/macos.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$root"
[ "${1:-}" = windows ] && exec "$root/packaging/windows/build.sh" "${@:2}"
[ "${1:-}" = linux ] || { say "Usage: packaging/build.sh linux|windows [--without-sound]"; exit 2; }
[ "$(uname -s)" = Linux ] || { say "Packages for Linux are made on Linux."; exit 2; }
export AGENT_APP_SOUND=yes
[ "${2:-}" = --without-sound ] && AGENT_APP_SOUND=no

needs git git
needs dpkg-shlibdeps dpkg-dev
needs objdump binutils
needs patchelf patchelf
needs /usr/lib/rpm/elfdeps rpm
needs_python
needs_python_library
needs_library libwayland-client.so.0 libwayland-client0
needs_library libwayland-cursor.so.0 libwayland-cursor0
needs_library libwayland-egl.so.1 libwayland-egl1
needs_qt
install_missing

environment "$root/build/environment" bundle 300 || :
environment "$root/build/tools" tools 40 || :
inside="$root/build/environment/bin/python"
tools="$root/build/tools/bin"

# The moment of the commit stands for the moment of the build, so that building twice gives one file.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0 LC_ALL=C.UTF-8 TZ=UTC PYTHONPATH="$root"
umask 022
version=$("$inside" -c 'import agent_app; print(agent_app.__version__)')
export version

say "Bundling version $version."
rm -rf build/made build/bundle build/work build/stage
mkdir -p build/made build/stage dist
QT_QPA_PLATFORM=offscreen "$inside" packaging/gather.py before build/made
"$inside" -m PyInstaller --noconfirm --clean --log-level ERROR --distpath build/bundle \
    --workpath build/work packaging/agent-app.spec
bundle=build/bundle/agent-app

"$inside" packaging/linux/icu.py "$bundle"

# Symbols that nobody reads go, and so do the build machine's folders. Libraries that were patched when
# their wheel was made (FFmpeg's) stay as they came: stripped, they do not load.
find "$bundle" -type f \( -name '*.so' -o -name '*.so.*' \) \
    -not -name 'libav*' -not -name 'libsw*' -exec strip --strip-unneeded {} +
find "$bundle" -type f \( -name 'libpython3*' -o -path '*/lib-dynload/*.so' \) \
    -exec patchelf --remove-rpath {} \;
find "$bundle" -type f -name '*.so*' -exec chmod 644 {} +
find "$bundle" -type d -exec chmod 755 {} +

"$tools/pip-licenses" --python="$inside" --format=json --with-license-file --with-notice-file \
    --no-license-path --with-urls --from=all >build/made/licences.json
"$tools/cyclonedx-py" environment --output-reproducible --of JSON "$inside" >build/made/sbom.json 2>/dev/null
"$inside" packaging/gather.py after build/made "$bundle"

stage=build/stage
QT_QPA_PLATFORM=offscreen "$inside" packaging/gather.py stage build/made "$stage"
mkdir -p "$stage/man" "$stage/completion"
"$tools/argparse-manpage" --module agent_app.cli.main --function parser --project-name "Followup Desk" \
    --prog agent-app --manual-title "Followup Desk" --author "the makers of Followup Desk" \
    --version "$version" --description "list followups, record what came of a call" \
    --format pretty --output "$stage/man/agent-app.1"
gzip -9n "$stage/man/agent-app.1"
"$tools/shtab" --shell=bash --prog agent-app agent_app.cli.main.parser >"$stage/completion/agent-app"

"$inside" packaging/gather.py depends "$bundle" build/made
"$inside" packaging/gather.py nfpm build/made packaging/linux/nfpm.yaml
find "$bundle" "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
rm -f dist/agent-app*
for packager in deb rpm; do
    "$tools/nfpm" package --config build/made/nfpm.yaml --packager $packager --target dist/ >/dev/null
done
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    -C build/bundle -cf - agent-app | gzip -9n >"dist/agent-app-$version-linux-$(uname -m).tar.gz"
cp build/made/sbom.cdx.json "dist/agent-app-$version.cdx.json"
(cd dist && sha256sum agent-app* >SHA256SUMS)

"$inside" packaging/gather.py sizes "$bundle"
(cd dist && ls -l && cat SHA256SUMS) >&2
