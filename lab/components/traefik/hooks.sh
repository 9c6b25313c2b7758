# shellcheck shell=bash
# Traefik's ACME client names the SDK of every DNS provider there is, which is most of what would be downloaded and
# compiled for it, for certificates that a lab never asks for. It is built with a copy of the client that names none.
on_modules() {
    local client copy=$LAB_CACHE/go/without-dns-providers
    client=$(cd "$MODULES" && go mod download -json github.com/go-acme/lego/v4 | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p')
    [ -n "$client" ] || return 1
    rm -rf "$copy"
    mkdir -p "$copy"
    cp -r "$client" "$copy/lego" && chmod -R u+w "$copy/lego" || return 1
    cp "$LAB_HOME/components/traefik/dns_providers.go" "$copy/lego/providers/dns/zz_gen_dns_providers.go"
    { cat "$MODULES/go.mod"; echo "replace github.com/go-acme/lego/v4 => $copy/lego"; } >"$copy/go.mod"
    cp "$MODULES/go.sum" "$copy/go.sum"
    MODULES=$copy
}
