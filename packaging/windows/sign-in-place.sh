#!/bin/sh
# Signs the file that NSIS names, with the command in $SIGN (see build.sh).
set -e
$SIGN -in "$1" -out "$1.signed" >/dev/null
mv "$1.signed" "$1"
