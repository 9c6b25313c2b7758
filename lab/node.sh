#!/usr/bin/env bash
# First process of the lab's namespaces: prepares them, then becomes the supervisor.
set -eu
state=$1
mount --make-rshared /
mount --bind "$state/resolv.conf" /etc/resolv.conf
echo 1 >/proc/sys/net/ipv4/ip_forward
# The host writes a line once the interfaces exist.
read -r -t 30 _ <"$state/run/connected"
exec supervisord -c "$state/config/supervisord.conf"
