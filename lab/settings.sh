# shellcheck shell=bash
# shellcheck disable=SC2034 # the parts that source this use them
# Every setting of the lab, with its default. Sourced by the launcher's parts; all can be set in the environment.

# Resets everything in the calling shell that changes how programs find files, what they write, or for whom.
CALLERS_LOCALE=${LC_ALL-}
unset CDPATH BASH_ENV ENV GREP_OPTIONS TAR_OPTIONS POSIXLY_CORRECT
set +o posix
export LC_ALL=C HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
# Pods run as other users, and read the files that the lab writes.
umask 022

# Name of the lab: it is part of the names of its network interface, its cgroup and its state folder.
LAB_NAME=${LAB_NAME:-lab}

# Private range of the lab, at least a /16. The benchmarking range (RFC 2544) belongs to no network, but some VPN tools
# use it too. The host can reach only the lab's addresses in it.
LAB_RANGE=${LAB_RANGE:-198.18.0.0/15}

# Folder of the builds, shared by all checkouts, with keys of what each was built from.
LAB_CACHE=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/progressive-delivery-lab}

# Folder of the files that a running lab writes. Removed by lab-down.
LAB_STATE=${LAB_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/progressive-delivery-lab/$LAB_NAME}

# 1: keep Go's module and build caches (some 8 GB) after a build.
LAB_KEEP_GO_CACHE=${LAB_KEEP_GO_CACHE:-0}

# Router that gives a canary its weights: traefik, nginx or none, as in the chart's values.yaml. The lab's own release
# is deployed with it, and so is every clone of that.
LAB_ROUTER=${LAB_ROUTER:-traefik}

# Folder with other versions of components to build: NAME/go.mod and NAME/go.sum for each; the lab's own for the rest.
LAB_VERSIONS=${LAB_VERSIONS:-}

# Number of releases that a run has at a time. Four keep two cores busy; with two, they are idle half of the time.
LAB_RELEASES=4

# 1: only print the Debian packages that would be installed.
LAB_PACKAGES_DRY_RUN=${LAB_PACKAGES_DRY_RUN:-0}

# Seconds that a start may take before it is given up.
LAB_START_TIMEOUT=${LAB_START_TIMEOUT:-180}

# The list of mounts has no symbolic links, and programs of the lab look up these folders in it.
for _setting in LAB_CACHE LAB_STATE; do
    [[ ${!_setting} != /* ]] || printf -v "$_setting" %s "$(realpath -m -- "${!_setting}")"
done

LAB_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_GITOPS=$LAB_HOME/gitops

# Addresses are in the first /16 of the range.
_prefix=${LAB_RANGE%.*.*}
LAB_HOST_IP=$_prefix.0.1
LAB_NODE_IP=$_prefix.0.2
LAB_POD_CIDR=$_prefix.128.0/22
LAB_SERVICE_CIDR=$_prefix.192.0/22
LAB_API_SERVICE_IP=$_prefix.192.1
LAB_HOST_INTERFACE=$LAB_NAME-host

say() { printf '%s\n' "lab: $*"; }
# Prints the progress, with the time since the command began.
stage() { printf 'lab: %4s  %s\n' "$(clock $SECONDS)" "$*"; }
clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }
fail() { printf '%s\n' "lab: $*" >&2; exit 1; }

# It becomes part of an interface's name, which the kernel cuts at 15 characters, and of a folder that lab-down removes.
[[ $LAB_NAME =~ ^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$ ]] \
    || fail "LAB_NAME=$LAB_NAME cannot be the name of a lab: use lower-case letters, digits and inner hyphens, 10 at most"

[[ $LAB_ROUTER =~ ^(traefik|nginx|none)$ ]] || fail "LAB_ROUTER=$LAB_ROUTER is not a router of the lab's chart: set it to traefik, nginx or none"

[ -z "$LAB_VERSIONS" ] || [ -d "$LAB_VERSIONS" ] || fail "LAB_VERSIONS=$LAB_VERSIONS is not a folder: set it to one that holds NAME/go.mod, such as lab/versions/argo-cd-3.2"

# The lab is reached without the environment's proxy. Single addresses are listed as well as the range: not every curl
# understands ranges.
[ "${no_proxy:-}" != "${NO_PROXY:-}" ] || unset no_proxy
NO_PROXY=${NO_PROXY:-}${NO_PROXY:+${no_proxy:+,}}${no_proxy:-}
_own=$LAB_RANGE,$LAB_HOST_IP,$LAB_NODE_IP,$LAB_API_SERVICE_IP,.svc,.cluster.local,127.0.0.1,localhost
case ,$NO_PROXY, in
    # An * means everything only if it stands alone.
    *",*,"*) NO_PROXY='*' ;;
    *",$_own,"*) ;;
    *) NO_PROXY=${NO_PROXY:+$NO_PROXY,}$_own ;;
esac
export NO_PROXY no_proxy=$NO_PROXY
