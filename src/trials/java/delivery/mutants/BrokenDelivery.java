package delivery.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.environment.Platform;
import delivery.kubernetes.ProcessIdentity;
import delivery.kubernetes.RunNamespaces;
import delivery.proxy.ProxyRoute;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The delivery of a mutant on the lab: a branch of its Git repository with an Application that deploys it, a copy of
 * the application's source, a server in between, or a component that does not work. Closing it removes it.
 */
final class BrokenDelivery implements AutoCloseable {

    private static final Path LAB = Path.of("lab");
    private static final String APPLICATIONS = "argocd";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Mutant mutant;
    private final Platform platform;
    private final String name;
    private final Map<String, String> settings;
    private final Path folder;
    private final List<Removal> removals = new ArrayList<>();
    private Optional<LiveWatch> live = Optional.empty();

    /** A step that removes something that was made. */
    @FunctionalInterface
    private interface Removal {
        void run() throws IOException, InterruptedException;
    }

    /**
     * @param platform the lab
     * @param lab      settings by which a run reaches the lab, by name
     */
    BrokenDelivery(Mutant mutant, Platform platform, Map<String, String> lab)
            throws IOException, InterruptedException {
        this.mutant = mutant;
        this.platform = platform;
        // A new name each time, since what an interrupted run left may still be in the process of deletion.
        this.name = "sample-api-x-" + mutant.id() + "-" + UUID.randomUUID().toString().substring(0, 4);
        this.settings = new HashMap<>(lab);
        this.folder = Files.createTempDirectory("mutant-");
        try {
            if (!mutant.source().isEmpty()) {
                copySource();
            }
            createObjects(false);
            if (mutant.ownApplication()) {
                deployBranch();
            }
            if (mutant.somebody() != null) {
                OtherHand hand = new OtherHand(platform.cluster().client(), name, mutant.somebody());
                removals.add(hand::close);
            }
            if (mutant.misconduct().isPresent()) {
                ProxyRoute detour = ProxyRoute.by(mutant.misconduct().get(), platform, folder);
                removals.add(detour::close);
                settings.putAll(detour.settings());
            }
            mutant.settings().forEach((setting, value) -> settings.put(setting, value.replace("NAME", name)));
            if (mutant.alone()) {
                String undone = mutant.component().does().equals("freeze") ? "thaw" : "start";
                removals.add(() -> component(undone));
                component(mutant.component().does());
            }
        } catch (IOException | InterruptedException | RuntimeException | AssertionError failed) {
            close();
            throw failed;
        }
    }

    /** Returns what the run did to the live release that the mutant has of its own; empty if nothing. */
    List<String> harm() {
        return live.map(LiveWatch::complaints).orElse(List.of());
    }

    /** Returns the settings to pass to the run. */
    Map<String, String> settings() {
        return settings;
    }

    private void copySource() throws IOException, InterruptedException {
        Path source = folder.resolve("app");
        run("cp", "-r", LAB.resolve("gitops/apps/sample-api/app").toString(), source.toString());
        edit(source, mutant.source(), name);
        settings.put("APP_SOURCE", source.toString());
    }

    /** Creates those in the Application's own namespace after it, and all others before it. */
    private void createObjects(boolean inOwnNamespace) {
        for (JsonNode object : mutant.objects()) {
            if (object.path("metadata").path("namespace").asText("").equals("NAME") == inOwnNamespace) {
                create(object);
            }
        }
    }

    private void create(JsonNode object) {
        GenericKubernetesResource resource = Serialization.unmarshal(
                object.toString().replace("NAME", name), GenericKubernetesResource.class);
        platform.cluster().client().resource(resource).create();
        removals.add(() -> platform.cluster().client().resource(resource).delete());
    }

    private void deployBranch() throws IOException, InterruptedException {
        Application own = platform.argoCd().find("sample-api").orElseThrow();
        String repository = own.spec().path("source").path("repoURL").asText();
        Path clone = folder.resolve("gitops");
        run("git", "clone", "--quiet", repository, clone.toString());
        edit(clone.resolve("charts/sample-api"), mutant.chart(), name);
        run("git", "-C", clone.toString(), "add", "--all");
        run("git", "-C", clone.toString(), "-c", "user.name=mutant", "-c", "user.email=mutant@localhost", "commit",
                "--quiet", "--all", "--allow-empty", "--message", mutant.what());
        run("git", "-C", clone.toString(), "push", "--quiet", "--force", "origin", "HEAD:refs/heads/" + name);
        removals.add(() -> run("git", "-C", clone.toString(), "push", "--quiet", "origin", "--delete", name));
        removals.add(() -> {
            platform.argoCd().delete(name);
            platform.cluster().client().namespaces().withName(name).delete();
            // Deleting the namespace does not delete a chart's cluster-wide objects.
            platform.cluster().client().rbac().clusterRoles().withLabel("mutant", name).delete();
        });
        RunNamespaces.create(platform.cluster().client(), "mutant", name);
        createObjects(true);
        platform.argoCd().create(application(own), Map.of());
        try (ApplicationFeed feed = platform.argoCd().follow(name, own.project())) {
            own = new Waiting(1, (what, elapsed, seen) -> { }).until(feed, ApplicationExpectations.syncedAnd("Healthy"),
                    WaitLimit.AVAILABLE);
        }
        LiveWatch watch = new LiveWatch(platform, own, name + ".test", mutant.application() == null);
        removals.add(watch::close);
        live = Optional.of(watch);
        settings.put("APPLICATION", name);
        if (mutant.application() != null) {
            // Patched only after the first deployment: no run begins while the Application that it copies is not
            // healthy.
            platform.cluster().client().genericKubernetesResources("argoproj.io/v1alpha1", "Application")
                    .inNamespace(APPLICATIONS).withName(name).patch(PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":" + mutant.application().toString().replace("NAME", name) + "}");
        }
    }

    private ObjectNode application(Application own) {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", "argoproj.io/v1alpha1")
                .put("kind", "Application");
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        RunNamespaces.labels("mutant").forEach(metadata.putObject("labels")::put);
        ProcessIdentity.self().annotations().forEach(metadata.putObject("annotations")::put);
        ObjectNode spec = own.spec().deepCopy();
        spec.withObject("/source").put("targetRevision", name);
        spec.withObject("/source/helm").put("releaseName", "sample-api").putArray("parameters")
                .addObject().put("name", "host").put("value", name + ".test");
        // Set explicitly, whichever router the lab's own release has.
        ObjectNode values = spec.withObject("/source/helm").putObject("valuesObject");
        values.putObject("rollouts").put("router", mutant.router().name());
        if (mutant.router().pods() != null) {
            values.put("replicas", mutant.router().pods());
        }
        spec.withObject("/destination").put("namespace", name);
        // Skips kubectl's own validation, which reads the API's whole description for each object: the API server
        // validates the objects anyway, and processor time is what the mutants lack.
        spec.withObject("/syncPolicy").withArray("/syncOptions").add("Validate=false");
        object.set("spec", spec);
        return object;
    }

    private static void edit(Path folder, List<Mutant.Edit> edits, String live) throws IOException {
        for (Mutant.Edit edit : edits) {
            Path file = folder.resolve(edit.file());
            String instead = edit.instead().replace("LIVE", live);
            if (edit.text() == null) {
                Files.writeString(file, instead);
                continue;
            }
            String text = Files.readString(file);
            if (!text.contains(edit.text())) {
                throw new IllegalStateException(file + " has nothing to break: it does not contain " + edit.text());
            }
            Files.writeString(file, text.replace(edit.text(), instead));
        }
    }

    private void component(String action) throws IOException, InterruptedException {
        run(LAB.resolve("lab").toString(), "component", action, mutant.component().name());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
    }

    /** Removes everything, even if some of it fails, and throws only after that. */
    @Override
    public void close() throws IOException {
        IOException first = null;
        for (int last = removals.size() - 1; last >= 0; last--) {
            try {
                removals.get(last).run();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                first = new IOException("interrupted while " + name + " was removed", interrupted);
            } catch (IOException | RuntimeException failed) {
                first = new IOException(name + " could not be removed: " + failed.getMessage(), failed);
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
