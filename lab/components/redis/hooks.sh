# shellcheck shell=bash
version() { redis-check-rdb --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9.]*\).*/v\1/p'; }

# Argo CD's controller does not write again within ten minutes what it has written, so the content of Redis must outlive
# a restart of Redis, but not the lab.
on_configured() {
    ln -sf "$(command -v redis-check-rdb)" "$LAB_STATE/bin/redis-server"
    rm -rf "$LAB_STATE/run/redis"
}
