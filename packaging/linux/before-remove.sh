#!/bin/sh
# A relay that runs ends before its program goes; at an upgrade it goes on, and is restarted after it.
set -e
case "${1:-}" in
    remove|0)
        if [ -d /run/systemd/system ]; then
            systemctl disable --now followup-desk-relay.service >/dev/null 2>&1 || true
        fi
        ;;
esac
