package delivery.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image of small layers, to be put into a registry. */
final class LayeredImage {

    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeRegistry registry;
    private final ObjectNode manifest = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
    private final ObjectNode config = JSON.createObjectNode().put("architecture", "amd64").put("os", "linux");

    LayeredImage(FakeRegistry registry) {
        this.registry = registry;
        manifest.putObject("config").put("mediaType", "application/vnd.oci.image.config.v1+json");
        config.putObject("config");
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        manifest.putArray("layers");
    }

    /** Adds a layer with one file; a whiteout is an entry like any other. */
    LayeredImage with(String path, String content) throws IOException {
        return with(Map.of(path, content), true);
    }

    LayeredImage with(Map<String, String> files, boolean zipped) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> file : new LinkedHashMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().getBytes(UTF_8).length);
                entry.setMode(0640);
                entry.setIds(1001, 1002);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue().getBytes(UTF_8));
                tar.closeArchiveEntry();
            }
        }
        byte[] inside = bytes.toByteArray();
        return layer(zipped ? zip(inside) : inside, inside);
    }

    LayeredImage layer(byte[] blob, byte[] inside) {
        manifest.withArray("layers").addObject().put("digest", registry.addBlob(blob)).put("size", blob.length)
                .put("mediaType", "application/vnd.oci.image.layer.v1.tar+gzip");
        config.withObject("/rootfs").withArray("diff_ids").add(FakeRegistry.digest(inside));
        return this;
    }

    /** Makes the manifest claim this size for a layer. */
    LayeredImage sized(int index, long size) {
        ((ObjectNode) manifest.path("layers").path(index)).put("size", size);
        return this;
    }

    /** Pushes the image, and returns its digest. */
    String push(String tag) throws IOException {
        byte[] content = JSON.writeValueAsBytes(config);
        manifest.withObject("/config").put("digest", registry.addBlob(content)).put("size", content.length);
        return registry.add(tag, MANIFEST, JSON.writeValueAsBytes(manifest));
    }

    private static byte[] zip(byte[] inside) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(inside);
        }
        return bytes.toByteArray();
    }
}
