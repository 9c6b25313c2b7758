# shellcheck shell=bash
# shellcheck disable=SC2034 # the parts that source this use them
# Every setting of the lab, with its default. Sourced by the launcher's parts; all can be set in the
# environment.

# What a shell may bring along that would change how programs find files, what they write, or for whom.
CALLERS_LOCALE=${LC_ALL-}
unset CDPATH BASH_ENV ENV GREP_OPTIONS TAR_OPTIONS POSIXLY_CORRECT
set +o posix
export LC_ALL=C HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
# Pods are other users, and read what the lab writes.
umask 022

# Name of the lab: its network interface, its cgroup and its state folder carry it.
LAB_NAME=${LAB_NAME:-lab}

# Private range of the lab, at least a /16. The benchmarking range (RFC 2544) is nobody's network;
# some VPN tools use it too. The whole range is unreachable from the host but for the lab's addresses.
LAB_RANGE=${LAB_RANGE:-198.18.0.0/15}

# What was built, shared by all checkouts, keyed by what it was built from.
LAB_CACHE=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/progressive-delivery-lab}

# What a running lab writes. Removed by lab-down.
LAB_STATE=${LAB_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/progressive-delivery-lab/$LAB_NAME}

# 1: keep Go's module and build caches (some 8 GB) after a build.
LAB_KEEP_GO_CACHE=${LAB_KEEP_GO_CACHE:-0}

# Which gateway gives a canary its weights: traefik, nginx or none, as the chart's values.yaml says. The lab's own release
# is deployed with it, and so is every clone of it.
LAB_ROUTER=${LAB_ROUTER:-traefik}

# Folder with other versions of components to build: NAME/go.mod and NAME/go.sum for each, the lab's own for the rest.
LAB_VERSIONS=${LAB_VERSIONS:-}

# Releases that a run has at a time. Two cores are busy with four: with two they wait half of the time.
LAB_RELEASES=4

# 1: only print the Debian packages that would be installed.
LAB_PACKAGES_DRY_RUN=${LAB_PACKAGES_DRY_RUN:-0}

# Seconds that a start may take before it is given up.
LAB_START_TIMEOUT=${LAB_START_TIMEOUT:-180}

# Folders that a lab's programs find in the list of mounts are there without symbolic links.
for _setting in LAB_CACHE LAB_STATE; do
    [[ ${!_setting} != /* ]] || printf -v "$_setting" %s "$(realpath -m -- "${!_setting}")"
done

LAB_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_GITOPS=$LAB_HOME/gitops

# Addresses are laid out in the first /16 of the range.
_prefix=${LAB_RANGE%.*.*}
LAB_HOST_IP=$_prefix.0.1
LAB_NODE_IP=$_prefix.0.2
LAB_POD_CIDR=$_prefix.128.0/22
LAB_SERVICE_CIDR=$_prefix.192.0/22
LAB_API_SERVICE_IP=$_prefix.192.1
LAB_HOST_INTERFACE=$LAB_NAME-host

say() { printf '%s\n' "lab: $*"; }
# How far it is, with the time since the command began.
stage() { printf 'lab: %4s  %s\n' "$(clock $SECONDS)" "$*"; }
clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }
fail() { printf '%s\n' "lab: $*" >&2; exit 1; }

# It becomes part of an interface's name, which the kernel cuts at 15 characters, and of a folder that lab-down removes.
[[ $LAB_NAME =~ ^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$ ]] \
    || fail "LAB_NAME=$LAB_NAME cannot be the name of a lab: use lower-case letters, digits and inner hyphens, 10 at most"

[[ $LAB_ROUTER =~ ^(traefik|nginx|none)$ ]] || fail "LAB_ROUTER=$LAB_ROUTER is not a router of the lab's chart: set it to traefik, nginx or none"

[ -z "$LAB_VERSIONS" ] || [ -d "$LAB_VERSIONS" ] || fail "LAB_VERSIONS=$LAB_VERSIONS is not a folder: set it to one that holds NAME/go.mod, such as lab/versions/argo-cd-3.2"

# Whoever has a proxy in the environment reaches the lab without it. Addresses stand beside the range: not every curl
# knows ranges.
[ "${no_proxy:-}" != "${NO_PROXY:-}" ] || unset no_proxy
NO_PROXY=${NO_PROXY:-}${NO_PROXY:+${no_proxy:+,}}${no_proxy:-}
_own=$LAB_RANGE,$LAB_HOST_IP,$LAB_NODE_IP,$LAB_API_SERVICE_IP,.svc,.cluster.local,127.0.0.1,localhost
case ,$NO_PROXY, in
    # For everything, as long as it stands alone.
    *",*,"*) NO_PROXY='*' ;;
    *",$_own,"*) ;;
    *) NO_PROXY=${NO_PROXY:+$NO_PROXY,}$_own ;;
esac
export NO_PROXY no_proxy=$NO_PROXY
