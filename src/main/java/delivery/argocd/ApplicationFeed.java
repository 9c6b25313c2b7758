package delivery.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.failure.EnvironmentNotFit;
import delivery.waiting.Feed;
import delivery.waiting.FeedOutage;
import delivery.waiting.Listeners;
import delivery.waiting.Subscription;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;

/** The states of an Application from Argo CD's stream. After a break it is first read again, so no state is missed. */
public final class ApplicationFeed implements Feed<Application>, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SHORTEST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final ArgoCd argoCd;
    private final String name;
    private final String project;
    private final Listeners listeners = new Listeners();
    private final FeedOutage gap =
            new FeedOutage("Argo CD", "See whether its server runs; ARGOCD_SERVER must be reachable throughout a"
                    + " run");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Application latest;
    private volatile Call stream;

    ApplicationFeed(ArgoCd argoCd, String name, String project) {
        this.argoCd = argoCd;
        this.name = name;
        this.project = project;
        read();
        Thread reader = new Thread(this::follow, "application-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public Application lastKnown() {
        gap.requireShort();
        return latest;
    }

    @Override
    public Application readNow() {
        read();
        return latest;
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public String whereToLook() {
        return "argocd app get " + name;
    }

    @Override
    public void close() {
        closed.countDown();
        Call open = stream;
        if (open != null) {
            open.cancel();
        }
    }

    private void read() {
        keep(argoCd.find(name, project).orElseThrow(() -> new EnvironmentNotFit(
                "Argo CD has no Application " + name, "See argocd app list")));
        gap.ends();
        listeners.changed();
    }

    /** Keeps a state unless it is older than the last known one: an event may come late, or twice. */
    private synchronized void keep(Application state) {
        if (latest == null || !latest.version().isLaterThan(state.version())) {
            latest = state;
        }
    }

    private void follow() {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (closed.getCount() > 0) {
            try (Response open = open()) {
                if (!open.isSuccessful()) {
                    throw new IOException("its stream was answered with HTTP " + open.code());
                }
                read();
                BufferedSource lines = open.body().source();
                for (String line = next(lines); line != null; line = next(lines)) {
                    take(line);
                    pause = SHORTEST_PAUSE_MILLIS;
                }
            } catch (IOException | EnvironmentNotFit | ArgoCdRefused | IllegalStateException broken) {
                gap.lasts(String.valueOf(broken.getMessage()));
                listeners.changed();
            }
            try {
                if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
    }

    /** Returns null at the end, and after a silence, as the connection may be dead. The stream is then opened again. */
    private static String next(BufferedSource lines) throws IOException {
        try {
            return lines.readUtf8Line();
        } catch (SocketTimeoutException quiet) {
            return null;
        }
    }

    /** Opens the stream; if the feed is closed meanwhile, the call is cancelled, whether it was sent or not. */
    private Response open() throws IOException {
        Call call = argoCd.stream(name, project);
        stream = call;
        if (closed.getCount() == 0) {
            call.cancel();
        }
        return call.execute();
    }

    private void take(String line) throws IOException {
        JsonNode message = JSON.readTree(line);
        if (message.has("error")) {
            // For example, a token has expired: the stream may stay open, but nothing more comes.
            throw new IOException("its stream broke: " + message.path("error").path("message").asText("no message"));
        }
        JsonNode event = message.path("result");
        JsonNode application = event.path("application");
        if (!application.path("metadata").path("name").asText("").equals(name)) {
            return;
        }
        if (event.path("type").asText("").equals("DELETED")) {
            throw new IOException("the Application " + name + " was deleted");
        }
        if (application.path("spec").isObject()) {
            keep(Application.parse(application));
            listeners.changed();
        }
    }
}
