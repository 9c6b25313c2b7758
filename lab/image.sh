# shellcheck shell=bash
# Makes the lab's images without a builder and pushes them over the registry's HTTP API. Sourced by the
# launcher.

# The base layer of sample-api, Debian with Python, which is made once.
base_layer() { echo "$LAB_CACHE/base/$(distribution_codename)-$(uname -m)-compiled.tar.gz"; }

make_base_layer() {
    local layer codename
    layer=$(base_layer)
    [ ! -e "$layer" ] || return 0
    codename=$(distribution_codename)
    stage "making the base image's layer from Debian packages"
    mkdir -p "${layer%/*}"
    rm -rf "$layer.root"
    if ! mmdebstrap --quiet --variant=extract --include=python3-minimal,libpython3-stdlib \
        "$codename" "$layer.root" 2>"$layer.log"; then
        tail -n 5 "$layer.log" >&2
        fail "mmdebstrap could not make a $codename system with Python (see $layer.log). It needs the distribution's package archive"
    fi
    # --variant=extract does not run the script that compiles Python's packages; without it each start of a pod compiles
    # the modules that it imports, which takes most of a second.
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$layer.root" python3 -c 'import http.server, json, signal, threading' 2>>"$layer.log" \
        || fail "the base image's Python does not run (see $layer.log)"
    tar -C "$layer.root" --exclude=./dev/* --exclude=./usr/share/doc --exclude=./usr/share/man -cf - . | gzip -1 -n >"$layer.partial" || return 1
    rm -rf "$layer.root" "$layer.log"
    mv "$layer.partial" "$layer"
}

digest_of() { echo "sha256:$(sha256sum "$1" | cut -d' ' -f1)"; }
# An image's config refers to its layers by the digests of their uncompressed content.
diff_id_of() { echo "sha256:$(gzip -dc "$1" | sha256sum | cut -d' ' -f1)"; }

# write_image FOLDER CONFIG-JSON LAYER.tar.gz...: writes an image's blobs and manifest into FOLDER.
write_image() {
    local folder=$1 config=$2 layers='[]' diffs='[]' layer
    shift 2
    mkdir -p "$folder/blobs"
    for layer in "$@"; do
        # Digesting the uncompressed base layer, which never changes, takes a second, so the result is kept.
        [ "$layer.diff" -nt "$layer" ] || diff_id_of "$layer" >"$layer.diff"
        ln -sf "$layer" "$folder/blobs/$(digest_of "$layer")"
        diffs=$(jq -c --arg d "$(cat "$layer.diff")" '. + [$d]' <<<"$diffs")
        layers=$(jq -c --arg d "$(digest_of "$layer")" --argjson s "$(stat -Lc %s "$layer")" \
            '. + [{mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: $d, size: $s}]' <<<"$layers")
    done
    jq -c --argjson d "$diffs" '. + {os: "linux", rootfs: {type: "layers", diff_ids: $d}}' <<<"$config" >"$folder/config.json"
    ln -sf "$folder/config.json" "$folder/blobs/$(digest_of "$folder/config.json")"
    jq -cn --arg d "$(digest_of "$folder/config.json")" --argjson s "$(stat -c %s "$folder/config.json")" --argjson l "$layers" \
        '{schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json",
          config: {mediaType: "application/vnd.oci.image.config.v1+json", digest: $d, size: $s}, layers: $l}' >"$folder/manifest.json"
}

architecture() { case $(uname -m) in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

# push_image FOLDER REPOSITORY TAG: does the same as `docker push`.
push_image() {
    local api=http://$LAB_NODE_IP:5000/v2/$2 blob digest location
    for blob in "$1"/blobs/*; do
        digest=${blob##*/}
        curl -fsS --max-time 10 -o /dev/null -I "$api/blobs/$digest" 2>/dev/null && continue
        location=$(curl -fsS --max-time 10 -X POST -D - -o /dev/null "$api/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
        curl -fsS --max-time 60 -o /dev/null -X PUT -H 'Content-Type: application/octet-stream' --data-binary @"$blob" "$location&digest=$digest" || return 1
    done
    curl -fsS --max-time 10 -o /dev/null -X PUT -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' \
        --data-binary @"$1/manifest.json" "$api/manifests/$3"
}

# Pushes the image that the chart names, from the application's current folder. A tag that the registry already has is
# not replaced, as with any release.
push_sample_api() {
    local image repository tag work
    image=$(cd "$LAB_GITOPS" && helm template sample-api charts/sample-api --show-only templates/rollout.yaml 2>/dev/null \
        | sed -n 's/^ *image: *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' | head -n 1)
    [ -n "$image" ] || return 0 # the chart does not render: Argo CD will say so better
    repository=${image#*/}; tag=${repository##*:}; repository=${repository%:*}
    if curl -fsS --max-time 5 -o /dev/null -I -H 'Accept: application/vnd.oci.image.manifest.v1+json' \
        "http://$LAB_NODE_IP:5000/v2/$repository/manifests/$tag" 2>/dev/null; then return 0; fi
    # A version other than the folder's has to be pushed by whoever built it.
    grep -qF "\"$tag\"" "$LAB_GITOPS/apps/sample-api/app/version.py" || return 0
    work=$LAB_STATE/images/sample-api
    rm -rf "$work"; mkdir -p "$work/root"
    cp -r "$LAB_GITOPS/apps/sample-api/app" "$work/root/app"
    tar -C "$work/root" --sort=name --mtime=@0 --owner=0 --group=0 -czf "$work/layer.tar.gz" .
    write_image "$work" "$(jq -cn --arg a "$(architecture)" '{architecture: $a, config: {User: "65532", Cmd: ["python3", "-B", "/app/server.py"],
        Env: ["PATH=/usr/local/bin:/usr/bin:/bin"]}}')" "$(base_layer)" "$work/layer.tar.gz"
    push_image "$work" "$repository" "$tag"
}
