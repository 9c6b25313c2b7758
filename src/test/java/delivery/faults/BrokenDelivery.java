package delivery.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.cluster.Owner;
import delivery.cluster.Scope;
import delivery.history.ExchangeLog;
import delivery.lab.Lab;
import delivery.platform.Platform;
import delivery.settings.Settings;
import delivery.waiting.Limit;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A delivery with one fault, on the lab: a branch of its Git repository and an Application that deploys it, a copy of the
 * application's source, or a component that is stopped. Gone when it is closed.
 */
final class BrokenDelivery implements AutoCloseable {

    private static final Path LAB = Path.of("lab");

    private final Fault fault;
    private final String name;
    private final Map<String, String> settings = new HashMap<>();
    private final Path folder;
    private Platform platform;

    BrokenDelivery(Fault fault) throws IOException, InterruptedException {
        this.fault = fault;
        this.name = "sample-api-fault-" + fault.id();
        this.folder = Files.createTempDirectory("fault-");
        switch (fault.kind()) {
            case CHART, APPLICATION -> deployBranch();
            case SOURCE -> copySource();
            case COMPONENT -> run(LAB.resolve("lab").toString(), "component", "stop", fault.file());
        }
    }

    /** What the run is to be told. */
    Map<String, String> settings() {
        return settings;
    }

    private void copySource() throws IOException, InterruptedException {
        Path source = folder.resolve("app");
        run("cp", "-r", LAB.resolve("gitops/apps/sample-api/app").toString(), source.toString());
        edit(source.resolve(fault.file()));
        settings.put("APP_SOURCE", source.toString());
    }

    private void deployBranch() throws IOException, InterruptedException {
        Map<String, String> lab = new Lab(LAB).up(line -> { });
        platform = Platform.open(Settings.load(Map.of(), new Properties(), lab), new ExchangeLog());
        Application own = platform.argoCd().find("sample-api").orElseThrow();
        String repository = own.spec().path("source").path("repoURL").asText();
        Path clone = folder.resolve("gitops");
        run("git", "clone", "--quiet", repository, clone.toString());
        if (fault.kind() == Fault.Kind.CHART) {
            edit(clone.resolve(fault.file()));
            run("git", "-C", clone.toString(), "-c", "user.name=fault", "-c", "user.email=fault@localhost", "commit",
                    "--quiet", "--all", "--message", fault.what());
        }
        run("git", "-C", clone.toString(), "push", "--quiet", "--force", "origin", "HEAD:refs/heads/" + name);
        Scope.create(platform.cluster().client(), "fault", name);
        ObjectNode object = new ObjectMapper().createObjectNode().put("apiVersion", "argoproj.io/v1alpha1")
                .put("kind", "Application");
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        Scope.labels("fault").forEach(metadata.putObject("labels")::put);
        Owner.self().annotations().forEach(metadata.putObject("annotations")::put);
        ObjectNode spec = own.spec().deepCopy();
        spec.withObject("/source").put("targetRevision", name);
        spec.withObject("/source/helm").put("releaseName", "sample-api").putArray("parameters")
                .addObject().put("name", "host").put("value", name + ".test");
        spec.withObject("/destination").put("namespace", name);
        object.set("spec", fault.kind() == Fault.Kind.APPLICATION
                ? new ObjectMapper().readTree(broken("the Application", spec.toString())) : spec);
        platform.argoCd().create(object);
        try (ApplicationFeed feed = platform.argoCd().follow(name, own.project())) {
            new Waiting(1, (what, elapsed, seen) -> { }).until(feed, ApplicationExpectations.syncedAnd("Healthy"),
                    Limit.AVAILABLE);
        }
        settings.put("APPLICATION", name);
    }

    private void edit(Path file) throws IOException {
        Files.writeString(file, broken(file.toString(), Files.readString(file)));
    }

    private String broken(String where, String text) {
        if (!text.contains(fault.text())) {
            throw new IllegalStateException(where + " has nothing to break: it does not contain " + fault.text());
        }
        return text.replace(fault.text(), fault.instead());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        if (platform != null) {
            try (Platform open = platform) {
                open.argoCd().delete(name);
                open.cluster().client().namespaces().withName(name).delete();
            }
        }
        if (fault.kind() == Fault.Kind.COMPONENT) {
            try {
                run(LAB.resolve("lab").toString(), "component", "start", fault.file());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while " + fault.file() + " was started again", e);
            }
        }
    }
}
