package delivery.registry;

import com.google.cloud.tools.jib.api.Credential;
import delivery.failure.EnvironmentNotFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files in which Docker and Podman keep logins and the names of credential helpers. The first existing file that
 * has a login for a registry applies.
 */
record LoginFiles(List<Path> files) {

    private static final Path RUNTIME = Path.of("/run/containers");
    /** A folder that belongs to the user of this process. */
    private static final Path PROCESS = Path.of("/proc/self");

    /**
     * The login for a registry.
     *
     * @param whom the user in words: "the user someone of ~/.docker/config.json", or "a guest" and why
     */
    record Login(Optional<Credential> credential, String whom) {
    }

    /**
     * Returns the files by precedence: Docker's, at {@code DOCKER_CONFIG} if that is set, else last; Podman's, by <a
     * href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json</a>.
     */
    static LoginFiles of(Map<String, String> environment, Path home) {
        return of(environment, home, RUNTIME);
    }

    /** @param runtime has a folder per user, by number, with Podman's logins where XDG_RUNTIME_DIR is not set */
    static LoginFiles of(Map<String, String> environment, Path home, Path runtime) {
        List<Path> files = new ArrayList<>();
        Optional<Path> docker = set(environment, "DOCKER_CONFIG").map(folder -> folder.resolve("config.json"));
        docker.ifPresent(files::add);
        set(environment, "REGISTRY_AUTH_FILE").ifPresent(files::add);
        set(environment, "XDG_RUNTIME_DIR").map(LoginFiles::podman).or(() -> ofUser(runtime)).ifPresent(files::add);
        files.add(podman(set(environment, "XDG_CONFIG_HOME").orElse(home.resolve(".config"))));
        if (docker.isEmpty()) {
            files.add(home.resolve(".docker").resolve("config.json"));
        }
        return new LoginFiles(List.copyOf(files));
    }

    /**
     * @param registry   its host, with its port if it has one
     * @param repository name in the registry: {@code sample-team/sample-api}
     * @throws EnvironmentNotFit if a file cannot be read
     */
    Login login(String registry, String repository) {
        List<Path> read = files.stream().filter(Files::exists).toList();
        List<String> warnings = new ArrayList<>();
        for (Path file : read) {
            Optional<Credential> credential = credential(file, registry, repository, warnings);
            if (credential.isPresent()) {
                return new Login(credential, "the user " + credential.get().getUsername() + " of " + file);
            }
        }
        String names = (read.isEmpty() ? files : read).stream().map(Path::toString)
                .collect(Collectors.joining(" and no "));
        return new Login(Optional.empty(), "a guest, as " + (read.isEmpty() ? "there is no " + names
                : names.replace(" and no ", " and ") + (read.size() == 1 ? " has" : " have") + " no login for "
                + registry)
                + warnings.stream().distinct().map(warning -> " (" + warning + ")").collect(Collectors.joining())
                + ",");
    }

    private static Optional<Credential> credential(Path file, String registry, String repository,
            List<String> warnings) {
        try {
            return LoginFile.read(file).credential(registry, repository, warnings::add);
        } catch (IOException | RuntimeException unreadable) {
            // The parser's message may quote a password from the file, so it is not even the cause: reports print it.
            throw new EnvironmentNotFit("The logins in " + file + " cannot be read: "
                    + unreadable.getClass().getSimpleName(),
                    "Correct that file, or set REGISTRY_USERNAME and REGISTRY_PASSWORD");
        }
    }

    /** Returns the user's file by number: root and CI jobs often have no XDG_RUNTIME_DIR. */
    private static Optional<Path> ofUser(Path runtime) {
        try {
            return Optional.of(runtime.resolve(String.valueOf(Files.getAttribute(PROCESS, "unix:uid")))
                    .resolve("auth.json"));
        } catch (IOException | UnsupportedOperationException noLinux) {
            return Optional.empty(); // without Linux, Podman runs in a virtual machine
        }
    }

    private static Path podman(Path folder) {
        return folder.resolve("containers").resolve("auth.json");
    }

    private static Optional<Path> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank()).map(Path::of);
    }
}
