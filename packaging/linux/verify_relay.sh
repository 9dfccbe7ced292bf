# Sourced by packaging/verify.sh: the relay's user and its unit, under a systemd of the Debian's own.
# shellcheck shell=bash
#
# systemd-nspawn starts the Debian with a network of its own, in which lie the sandbox and a NATS server.

team=/srv/followup-desk-team

set_up_relay() { # as the unit says
    inside env HOME=/root sh -c "cd /srv && agent-app team init --host 127.0.0.1 && agent-app team add relay --role relay" \
        >"$work/relay.log"
    inside mkdir -p /etc/followup-desk
    inside install -m 600 $team/credentials/relay.toml /etc/followup-desk/relay.toml
    printf 'server = "http://127.0.0.1:8000"\nclient_id = "sandbox-desk"\n' >"$chroot/etc/followup-desk/managed.toml"
    (umask 077 && echo sandbox-secret >"$chroot/etc/followup-desk/relay-client-secret")
}

unit() { # unit NAME LINE...
    printf '%s\n' '[Service]' "${@:2}" >"$chroot/etc/systemd/system/$1.service"
}

verify_relay() {
    local exposure
    inside getent passwd followup-desk-relay >/dev/null || failed "the package makes no user for the relay"
    set_up_relay
    unit proof-sandbox 'ExecStart=/usr/bin/agent-app sandbox --port 8000 --followups 500'
    unit proof-nats 'ExecStart=/usr/sbin/nats-server -c nats.conf' "WorkingDirectory=$team"
    unit proof 'ExecStart=/bin/sh /srv/proof.sh' '[Install]' 'WantedBy=multi-user.target'
    cat >"$chroot/srv/proof.sh" <<'EOF'
exec >/srv/proof.log 2>&1
systemctl start proof-sandbox proof-nats followup-desk-relay
for _ in $(seq 90); do
    journalctl -o cat -u followup-desk-relay | grep 'the whole list was read' && break
    sleep 1
done
ps -o user:32= -p "$(systemctl show -P MainPID followup-desk-relay)"
systemctl stop followup-desk-relay
systemctl show -p Result followup-desk-relay
journalctl --no-pager -u followup-desk-relay
systemctl poweroff --force
EOF
    inside systemctl --quiet disable nats-server
    inside systemctl --quiet enable proof
    exposure=$(inside systemd-analyze security --no-pager --offline=true followup-desk-relay.service |
        sed -nE 's/.*exposure level.*: ([0-9.]+).*/\1/p')
    umount "$chroot/proc"
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 timeout 180 systemd-nspawn --quiet --directory "$chroot" --register=no --keep-unit \
        --private-network --boot >"$work/boot.log" 2>&1 </dev/null || { tail -5 "$work/boot.log"; failed "the Debian does not start"; }
    mount -t proc proc "$chroot/proc"
    cp "$chroot/srv/proof.log" "$work/relay.log"
    for wanted in 'INFO .*the whole list was read.*' followup-desk-relay Result=success; do
        grep -qx "$wanted" "$work/relay.log" || { cat "$work/relay.log"; failed "the relay's unit: no $wanted"; }
    done
    inside systemctl --quiet disable proof
    rm -r "$chroot/etc/followup-desk" "${chroot:?}$team" "$chroot"/srv/proof* "$chroot"/etc/systemd/system/proof*
    passed "the relay's unit, under systemd: it reads the list as its own user and ends in order (exposure $exposure of 10)"
}
