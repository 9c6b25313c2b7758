# shellcheck shell=bash
# Traefik's ACME client imports the SDK of every DNS provider, which is most of what would be downloaded and compiled
# for it, for certificates that a lab never requests. From source, Traefik is built with a copy that imports none.
on_modules() {
    local client copy=$LAB_CACHE/go/without-dns-providers
    client=$(source_of github.com/go-acme/lego/v4 "$MODULES") || return 1
    rm -rf "$copy"
    mkdir -p "$copy"
    cp -r "$client" "$copy/lego" && chmod -R u+w "$copy/lego" || return 1
    cp "$LAB_HOME/components/traefik/dns_providers.go" "$copy/lego/providers/dns/zz_gen_dns_providers.go"
    { cat "$MODULES"; echo "replace github.com/go-acme/lego/v4 => $copy/lego"; } >"$copy/go.mod"
    cp "${MODULES%.mod}.sum" "$copy/go.sum"
    echo "$copy/go.mod"
}

on_certified() { lab_certificate gateway "DNS:sample-api.test,DNS:*.sample-api.test,IP:$LAB_NODE_IP"; }

on_platform() { eventually "the Gateway" apply -f "$LAB_HOME/components/traefik/gateway.yaml"; }
