#!/bin/sh
# Make the relay's user, and let systemd know of its unit; neither starts anything.
set -e
if command -v systemd-sysusers >/dev/null 2>&1; then
    systemd-sysusers followup-desk.conf || true
fi
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload >/dev/null 2>&1 || true
    systemctl try-restart followup-desk-relay.service >/dev/null 2>&1 || true
fi
