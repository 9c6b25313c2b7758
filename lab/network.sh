# shellcheck shell=bash
# The lab's addresses, which never leave the machine. Sourced by the launcher.

address_number() {
    local IFS=. a b c d
    read -r a b c d <<<"$1"
    echo $(((a << 24) + (b << 16) + (c << 8) + d))
}

# Whether two ranges share an address.
overlaps() {
    local a=${1%/*} al=${1#*/} b=${2%/*} bl=${2#*/} shortest
    [ "$al" = "$1" ] && al=32
    [ "$bl" = "$2" ] && bl=32
    shortest=$((al < bl ? al : bl))
    [ $(($(address_number "$a") >> (32 - shortest))) -eq $(($(address_number "$b") >> (32 - shortest))) ]
}

in_range() { overlaps "$1" "$LAB_RANGE"; }

# Allows only private ranges: hosts on the Internet have addresses in any other, and would be cut off.
is_usable_range() {
    local private
    [[ $LAB_RANGE =~ ^([0-9]{1,3})\.([0-9]{1,3})\.0\.0/(8|9|1[0-6])$ ]] || return 1
    [ "${BASH_REMATCH[1]}" -le 255 ] && [ "${BASH_REMATCH[2]}" -le 255 ] || return 1
    [ $(($(address_number "${LAB_RANGE%/*}") & ((1 << (32 - BASH_REMATCH[3])) - 1))) -eq 0 ] || return 1
    for private in 10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 198.18.0.0/15; do
        [ "${BASH_REMATCH[3]}" -lt "${private#*/}" ] || ! in_range "$private" || return 0
    done
    return 1
}

check_range() {
    is_usable_range || fail "LAB_RANGE=$LAB_RANGE is not a range the lab can use: give a private IPv4 range of at least a /16, such as 198.18.0.0/15 or 10.200.0.0/16"
    local line words destination
    # A VPN's routes may be in a table of their own; the addresses of this machine are in the local one.
    while read -r line; do
        read -ra words <<<"$line"
        case $line in *"dev $LAB_HOST_INTERFACE"* | "unreachable $LAB_RANGE "* | "unreachable $LAB_RANGE") continue ;; esac
        destination=${words[0]}
        [[ $destination =~ ^[a-z]+$ ]] && [ "$destination" != default ] && destination=${words[1]}
        [[ $destination =~ ^[0-9.]+(/[0-9]+)?$ ]] || continue
        # Some VPNs split the default route into a few wide ones.
        [[ ! $destination =~ /[0-7]$ ]] || continue
        ! in_range "$destination" \
            || fail "the lab's address range $LAB_RANGE is in use on this machine (route: $line): set LAB_RANGE to another private range, such as 10.200.0.0/16"
    done < <(ip -4 route show table all 2>/dev/null)
    return 0
}

# Prints the proxies of the environment, without passwords.
proxies() {
    [ "$NO_PROXY" != "*" ] || return 0
    printf '%s\n' "${HTTPS_PROXY:-}" "${https_proxy:-}" "${HTTP_PROXY:-}" "${http_proxy:-}" "${ALL_PROXY:-}" "${all_proxy:-}" \
        | sed -n 's|^\([a-z0-9]*://\)\{0,1\}\([^/]*@\)\{0,1\}\([^/@]\{1,\}\).*|\3|p' | sort -u
}

# Read from the files, since apt itself takes seconds to list them.
package_sources() {
    find /etc/apt -type f \( -name '*.list' -o -name '*.sources' -o -name 'apt.conf*' -o -path '*/apt.conf.d/*' \) -exec cat {} + 2>/dev/null
}

# Prints the hosts that a first start downloads from.
download_hosts() {
    { go env GOPROXY 2>/dev/null | sed 's/[,|]/\n/g'
      package_sources | sed 's/^[ \t]*#.*//; s/[a-z]*:\/\//\n&/g'
      printf '%s\n' "${PIP_INDEX_URL:-https://pypi.org}"
      proxies | sed 's|^|proxy://|'
    } | sed -n 's|^[a-z+]*://\([^/]*@\)\{0,1\}\([^/:" ;]\{1,\}\).*|\2|p' | sort -u | head -n 12
}

# Prints the name servers of this machine.
name_servers() { sed -n 's/^[ \t]*nameserver[ \t]*//p' /etc/resolv.conf /run/systemd/resolve/resolv.conf 2>/dev/null; }

# Waits a second at most: a router with fake addresses answers at once.
addresses_of() { timeout 1 getent ahostsv4 "$1" 2>/dev/null | awk '{ print $1 }' | sort -u; }

# Some VPNs and routers resolve every name to an address of the benchmarking range and intercept that, which no route of
# this machine shows. Making that range unreachable would cut off every host that is reached by name.
check_names() {
    local host address name
    is_usable_range || return 0
    while read -r address name _; do
        [[ $address =~ ^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$ ]] && in_range "$address" \
            && fail "/etc/hosts gives $name the address $address, which is in the lab's range $LAB_RANGE: set LAB_RANGE to another private range, such as 10.200.0.0/16"
    done < <(hosts_file)
    while read -r address; do
        [[ $address =~ ^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$ ]] && in_range "$address" \
            && fail "this machine asks the name server $address, which is in the lab's range $LAB_RANGE: set LAB_RANGE to another private range, such as 10.200.0.0/16"
    done < <(name_servers)
    while read -r host address; do
        ! in_range "$address" \
            || fail "$host has the address $address here, which is in the lab's range $LAB_RANGE (a VPN or a router with fake addresses gives such to every name): set LAB_RANGE to another private range, such as 10.200.0.0/16"
    done < <(for host in "$(uname -n)" $(download_hosts); do
        (addresses_of "$host" | sed "s/^/$host /") &
    done
    wait)
    return 0
}

# If nothing listens at a proxy, every download fails, and only the last one reports it.
check_proxies() {
    local proxy
    [ -n "$(proxies)" ] && [ -n "$(components_to_build)" ] || return 0
    while read -r proxy; do
        [[ $proxy =~ ^([A-Za-z0-9.-]+):([0-9]+)$ ]] || continue
        timeout 1 bash -c ": <>/dev/tcp/${BASH_REMATCH[1]}/${BASH_REMATCH[2]}" 2>/dev/null || [ $? -eq 124 ] \
            || fail "the proxy $proxy of the environment does not answer, and the first start downloads through it: start it, or correct HTTPS_PROXY, HTTP_PROXY and their lower-case spellings, or unset them"
    done < <(proxies)
    return 0
}

has_route() { ip -4 route show exact "$1" type unreachable 2>/dev/null | grep -q .; }

# Runs before anything may talk to the lab: a probe that is sent while there is no lab must end here instead of at the
# default gateway. The lab's own routes are narrower and take precedence while they exist. The routes that it made are
# recorded.
block_range() {
    local way made=
    if ! has_route "$LAB_RANGE"; then
        made=1
        grep -qxs "$LAB_RANGE" "$LAB_STATE.route" || echo "$LAB_RANGE" >>"$LAB_STATE.route"
        ip route replace unreachable "$LAB_RANGE" || fail "the route that keeps $LAB_RANGE on this machine could not be set"
    fi
    # A VPN's rules may come before this machine's own routes.
    way=$(ip -4 route get "$LAB_NODE_IP" 2>/dev/null | head -n 1)
    if [ -n "$way" ]; then
        [ -z "$made" ] || take_route "$LAB_RANGE"
        fail "a rule of this machine's routing, as VPNs make them, comes before its own routes and leads the lab's addresses elsewhere ($way): end the VPN, or run ip rule add priority 1 to $LAB_RANGE lookup main"
    fi
}

take_route() {
    ip route del unreachable "$1" 2>/dev/null
    sed -i "\\|^$1\$|d" "$LAB_STATE.route"
    [ -s "$LAB_STATE.route" ] || rm -f "$LAB_STATE.route"
}

# Counts sockets of this machine that are still connected to the lab's addresses: their packets must not leave it.
open_to() { ss -Htan "dst $1" 2>/dev/null | grep -vc '^TIME-WAIT'; }

# Gives the range back once nothing of the lab runs.
unblock_range() {
    local range ranges left kept=
    mapfile -t ranges < <(cat "$LAB_STATE.route" 2>/dev/null)
    for range in "${ranges[@]}"; do
        left=$(open_to "$range")
        if [ "${left:-0}" -gt 0 ]; then
            kept=1
            say "ended; $left connections to it are still open on this machine, so the route that keeps $range here stays: 'make lab-down' removes it once they are gone"
        else
            take_route "$range"
        fi
    done
    [ -z "$kept" ] || return 0
    if has_route "$LAB_RANGE"; then
        say "ended; the route that keeps $LAB_RANGE on this machine is not the lab's own, and stays"
    else
        say "ended; nothing is left of it but what it built, in $LAB_CACHE"
    fi
}

check_interface() {
    # A running lab has an interface of its own.
    ! lab_pid >/dev/null 2>&1 || return 0
    ! ip link show dev "$LAB_HOST_INTERFACE" >/dev/null 2>&1 \
        || fail "an interface named $LAB_HOST_INTERFACE exists that is not this lab's: set LAB_NAME to another name"
}

# connect PID: connects the host with the network namespace of a process.
connect() {
    ip link add "$LAB_HOST_INTERFACE" type veth peer name eth0 netns "$1" \
        && ip addr add "$LAB_HOST_IP/30" dev "$LAB_HOST_INTERFACE" \
        && ip link set "$LAB_HOST_INTERFACE" up \
        && nsenter -t "$1" -n ip link set lo up \
        && nsenter -t "$1" -n ip addr add "$LAB_NODE_IP/30" dev eth0 \
        && nsenter -t "$1" -n ip link set eth0 up \
        && nsenter -t "$1" -n ip route add "$LAB_SERVICE_CIDR" dev eth0 \
        && nsenter -t "$1" -n ip route add unreachable default \
        && ip route add "$LAB_POD_CIDR" via "$LAB_NODE_IP" \
        && ip route add "$LAB_SERVICE_CIDR" via "$LAB_NODE_IP"
    # Services need some route before their address is translated; nothing else can leave the namespace.
}
