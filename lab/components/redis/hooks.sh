# shellcheck shell=bash
version() { redis-check-rdb --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9.]*\).*/v\1/p'; }

on_configured() { ln -sf "$(command -v redis-check-rdb)" "$LAB_STATE/bin/redis-server"; }
