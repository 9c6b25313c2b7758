package delivery.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.registry.credentials.CredentialHelperNotFoundException;
import com.google.cloud.tools.jib.registry.credentials.DockerCredentialHelper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A credential helper of Docker, asked for the login to a server.
 *
 * @param program its path, or its name if it is on the PATH
 * @param limit   the longest time to wait: a helper may ask for a passphrase that nobody is there to type
 */
record CredentialProgram(Path program, String server, Duration limit) {

    /** Returns the login; empty if the helper returned none, for a reason that {@code warnings} gets. */
    Optional<Credential> credential(Consumer<String> warnings) {
        FutureTask<Credential> asked = new FutureTask<>(new DockerCredentialHelper(server, program)::retrieve);
        Thread asking = new Thread(asked, name());
        asking.setDaemon(true);
        asking.start();
        try {
            return Optional.of(asked.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            processes().forEach(ProcessHandle::destroyForcibly);
            warnings.accept(name() + " did not answer within " + limit.toSeconds() + " s" + advice());
        } catch (ExecutionException failed) {
            warn(failed.getCause(), warnings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name() + " ran", e);
        }
        return Optional.empty();
    }

    private void warn(Throwable why, Consumer<String> warnings) {
        if (why instanceof IOException || why instanceof CredentialHelperNotFoundException) {
            Stream.of(Optional.of(why), Optional.ofNullable(why.getCause())).flatMap(Optional::stream)
                    .map(Throwable::getMessage).filter(Objects::nonNull)
                    .forEach(message -> warnings.accept(message.strip().replaceAll("\\s+", " ")));
        } else {
            // Its message quotes the helper's whole output, which may be a login that could not be parsed.
            warnings.accept(name() + " gave no login for " + server + advice());
        }
    }

    private String advice() {
        return "; see what it answers to: echo " + server + " | " + name() + " get";
    }

    private String name() {
        return program.getFileName().toString();
    }

    private Stream<ProcessHandle> processes() {
        return ProcessHandle.current().children()
                .filter(child -> child.info().commandLine().filter(line -> line.contains(name())).isPresent())
                .flatMap(helper -> Stream.concat(helper.descendants(), Stream.of(helper)));
    }
}
