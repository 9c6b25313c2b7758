# The Debian packages that the lab runs on, beside what it builds itself. Sourced by the launcher.

# command or file that shows a package is there | package
LAB_PACKAGES='
runc|runc
/usr/lib/cni/bridge|containernetworking-plugins
redis-check-rdb|redis-tools
supervisord|supervisor
ip|iproute2
nft|nftables
/bin/busybox|busybox-static
mmdebstrap|mmdebstrap
git|git
jq|jq
openssl|openssl
curl|curl
unshare|util-linux
flock|util-linux
'

missing_packages() {
    local probe package
    printf '%s' "$LAB_PACKAGES" | sed '/^$/d' | while IFS='|' read -r probe package; do
        case $probe in
            /*) [ -e "$probe" ] || echo "$package" ;;
            *) command -v "$probe" >/dev/null || echo "$package" ;;
        esac
    done | sort -u | tr '\n' ' '
}

lab_packages() {
    local missing log
    missing=$(missing_packages)
    missing=${missing% }
    if [ "$LAB_PACKAGES_DRY_RUN" = 1 ]; then
        if [ -n "$missing" ]; then echo "apt-get install --no-install-recommends $missing"; else say "every package is installed"; fi
        exit 0
    fi
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || fail "these programs are missing, and there is no apt-get to install them with: $missing. Install them, or $USE_OWN_CLUSTER"
    say "installing Debian packages: $missing (LAB_PACKAGES_DRY_RUN=1 only prints them)"
    log=$(mktemp)
    if ! apt-get install --yes --no-install-recommends $missing >"$log" 2>&1; then
        # A machine that was never asked before has no package lists.
        { apt-get update && apt-get install --yes --no-install-recommends $missing; } >"$log" 2>&1 || {
            tail -n 5 "$log" >&2
            fail "the packages could not be installed (the whole output is in $log). Install them yourself: apt-get install $missing"
        }
    fi
    rm -f "$log"
    missing=$(missing_packages)
    [ -z "$missing" ] || fail "apt-get installed its packages, and these programs are still missing: $missing"
}
