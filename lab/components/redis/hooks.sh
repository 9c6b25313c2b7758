# shellcheck shell=bash
version() { redis-check-rdb --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9.]*\).*/v\1/p'; }

# Argo CD's controller does not write again what it wrote within ten minutes: what Redis held outlives its own restart, and
# not the lab's.
on_configured() {
    ln -sf "$(command -v redis-check-rdb)" "$LAB_STATE/bin/redis-server"
    rm -rf "$LAB_STATE/run/redis"
}
