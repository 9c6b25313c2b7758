# shellcheck shell=bash
# The pause image: a static busybox that sleeps. It is imported, because kubelet needs it before it can pull anything.
pause_archive() {
    local work=$LAB_STATE/images/pause
    mkdir -p "$work/root/bin"
    cp /bin/busybox "$work/root/bin/busybox"
    tar -C "$work/root" -czf "$work/layer.tar.gz" .
    write_image "$work" "$(jq -cn --arg a "$(architecture)" '{architecture: $a, config: {Entrypoint: ["/bin/busybox", "sleep", "infinity"]}}')" "$work/layer.tar.gz"
    mkdir -p "$work/oci/blobs/sha256"
    local blob
    for blob in "$work"/blobs/sha256:*; do cp -L "$blob" "$work/oci/blobs/sha256/${blob##*:}"; done
    cp "$work/manifest.json" "$work/oci/blobs/sha256/$(sha256sum "$work/manifest.json" | cut -d' ' -f1)"
    echo '{"imageLayoutVersion":"1.0.0"}' >"$work/oci/oci-layout"
    jq -cn --arg d "$(digest_of "$work/manifest.json")" --argjson s "$(stat -c %s "$work/manifest.json")" \
        '{schemaVersion: 2, manifests: [{mediaType: "application/vnd.oci.image.manifest.v1+json", digest: $d, size: $s,
          annotations: {"io.containerd.image.name": "lab.local/pause:1"}}]}' >"$work/oci/index.json"
    tar -C "$work/oci" -cf "$work/pause.tar" .
    echo "$work/pause.tar"
}

# Kubelet needs the pause image before it can pull anything.
on_booted() {
    local archive
    archive=$(pause_archive) || return 1
    eventually containerd ctr -a "$LAB_STATE/run/containerd.sock" version
    eventually "the pause image" ctr -a "$LAB_STATE/run/containerd.sock" -n k8s.io images import "$archive"
}
