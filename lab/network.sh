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

check_range() {
    [[ $LAB_RANGE =~ ^[0-9]+\.[0-9]+\.0\.0/(8|9|1[0-6])$ ]] \
        || fail "LAB_RANGE=$LAB_RANGE is not a range the lab can use: give an IPv4 range of at least a /16, such as 198.18.0.0/15"
    local line destination
    while read -r line; do
        destination=${line%% *}
        case $line in
            "unreachable $LAB_RANGE"* | *"dev $LAB_HOST_INTERFACE"*) continue ;;
            unreachable* | blackhole* | prohibit*) destination=$(cut -d' ' -f2 <<<"$line") ;;
            default*) continue ;;
        esac
        [[ $destination =~ ^[0-9.]+(/[0-9]+)?$ ]] || continue
        overlaps "$destination" "$LAB_RANGE" \
            && fail "the lab's address range $LAB_RANGE is in use on this machine (route: $line): set LAB_RANGE to another private range, such as 10.200.0.0/16"
    done < <(ip -4 route show table main)
    return 0
}

# Before anything may talk to the lab, and for good: a probe that runs while the lab is not there must
# end here, not at the default gateway. The lab's own routes are narrower and win while they exist.
block_range() { ip route replace unreachable "$LAB_RANGE" || fail "the route that keeps $LAB_RANGE on this machine could not be set"; }

check_interface() {
    [ ! -e "/sys/class/net/$LAB_HOST_INTERFACE" ] \
        || fail "an interface named $LAB_HOST_INTERFACE exists that is not this lab's: set LAB_NAME to another name"
}

# connect PID: joins the host with the network namespace of a process.
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
    # Services need some route before their address is translated; nothing else has a way out.
}
