package delivery.traffic;

import delivery.http.RepeatedReads;
import delivery.verdict.EnvironmentNotFit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The gateway as a user meets it: requests for {@code /version} under a release's host.
 *
 * <p>Every request has a connection of its own. A router such as Traefik chooses by request, kube-proxy by connection:
 * only so is each request of a sample a choice of its own behind either. No request is sent twice, whatever happens to
 * it, and a proxy of the JVM is not used.
 */
public final class Gateway implements AutoCloseable {

    static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    private static final String PATH = "/version";
    private static final String NO_CONNECTION = "no connection";
    private static final String NO_NAME = "its name is not known";
    /** A version's answer is a hundred bytes; what is longer is none. */
    private static final long LONGEST_BODY = 64 * 1024;
    private static final int SIDE_BY_SIDE = 8;
    private static final Duration SAMPLE_LIMIT = Duration.ofSeconds(30);
    private static final Duration SAMPLE_LIMIT_PER_REQUEST = Duration.ofMillis(100);

    private final HttpUrl address;
    private final OkHttpClient client;

    /**
     * @param address URL of the gateway, http or https; its path is not used. A host's certificate is verified for the
     *                host that is asked for.
     * @throws IllegalArgumentException if the URL is neither http nor https
     */
    public Gateway(URI address) {
        this.address = HttpUrl.get(address.toString());
        String gateway = this.address.host();
        client = RepeatedReads.onceAsked(new OkHttpClient.Builder())
                // Every host of a release is served by the gateway, whether or not a name server knows it: the URL
                // carries the release's host, so that TLS asks for its certificate, and the gateway's address is used.
                .dns(host -> Dns.SYSTEM.lookup(gateway))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .callTimeout(CALL_LIMIT)
                .build();
    }

    /**
     * Makes sure that the gateway answers at all, whatever it says: one that does not serve the host says 404.
     *
     * @param host a host of the domain it serves, so that its certificate is the one that the releases have
     * @throws EnvironmentNotFit     if no answer comes
     * @throws IllegalStateException if the thread is interrupted
     */
    public void requireReachable(String host) {
        try {
            send(host).close(); // any status shows that it is there
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while the gateway was asked", e);
            }
            throw new EnvironmentNotFit("The gateway at " + address + " does not answer: " + reason(e),
                    "Check GATEWAY, and that the gateway runs and can be reached from here", e);
        }
    }

    /** Sends one request. What goes wrong is in the answer. */
    public Answer ask(String host) {
        Instant at = Instant.now();
        long start = System.nanoTime();
        try (Response response = send(host)) {
            String body = response.peekBody(LONGEST_BODY).string();
            return Answer.received(at, response.code(), body, since(start));
        } catch (IOException e) {
            return Answer.lost(at, reason(e), since(start));
        }
    }

    /**
     * Sends so many requests, once each.
     *
     * @param concurrency how many are under way at a time, 1 to 64
     * @throws EnvironmentNotFit     if the gateway does not take every connection, or takes more than 30 seconds and 0.1 second
     *                               a request for the lot
     * @throws IllegalStateException if the thread is interrupted
     */
    public Sample sample(String host, int requests, int concurrency) {
        require(requests > 0, "requests must be positive: " + requests);
        require(concurrency >= 1 && concurrency <= 64, "concurrency must be 1 to 64: " + concurrency);
        requireReachable(host);
        Duration limit = SAMPLE_LIMIT.plus(SAMPLE_LIMIT_PER_REQUEST.multipliedBy(requests));
        long end = System.nanoTime() + limit.toNanos();
        AtomicInteger sent = new AtomicInteger();
        Callable<List<Answer>> sender = () -> {
            List<Answer> own = new ArrayList<>();
            while (System.nanoTime() < end && sent.getAndIncrement() < requests) {
                own.add(ask(host));
            }
            return own;
        };
        List<Answer> answers = allOf(Collections.nCopies(concurrency, sender));
        if (answers.size() < requests) {
            throw new EnvironmentNotFit("The gateway at " + address + " answered only " + answers.size() + " of "
                    + requests + " requests in " + limit.toSeconds() + " s",
                    "Check the gateway's load, or lower REQUESTS");
        }
        return requireServed(new Sample(answers));
    }

    /**
     * Sends so many requests at a steady rate over a time, once each: for what must be so all that time.
     *
     * @throws EnvironmentNotFit     if the gateway does not take every connection, or takes more than 30 seconds and 0.1 second
     *                               a request longer than that time
     * @throws IllegalStateException if the thread is interrupted
     */
    public Sample sample(String host, int requests, Duration over) {
        require(requests > 0, "requests must be positive: " + requests);
        requireReachable(host);
        Duration longest = over.plus(SAMPLE_LIMIT).plus(SAMPLE_LIMIT_PER_REQUEST.multipliedBy(requests));
        return requireServed(new Sample(new Steady(requests, over, SIDE_BY_SIDE, longest).ask(() -> ask(host), () ->
                new EnvironmentNotFit("The gateway at " + address + " did not answer " + requests + " requests in "
                        + longest.toSeconds() + " s; they were meant to take " + over.toSeconds() + " s",
                        "Check the gateway's load, or give them a longer time"))));
    }

    /** A gateway that takes no connection says nothing of what is behind it. */
    private Sample requireServed(Sample sample) {
        for (String reason : List.of(NO_CONNECTION, NO_NAME)) {
            if (sample.failures().containsKey(reason)) {
                throw new EnvironmentNotFit("The gateway at " + address + " did not answer " + sample.failures().get(reason)
                        + " of " + sample.size() + " requests: " + reason,
                        "Check that the gateway runs, and can be reached from here all the while");
            }
        }
        return sample;
    }

    /**
     * Sends requests until it is stopped, as the users of a release do while it changes.
     *
     * @param atMost    it stops by itself after this time
     * @param perSecond how many requests a second are sent at most; fewer while answers are slow
     * @throws EnvironmentNotFit        if the gateway does not answer at all
     * @throws IllegalArgumentException if more than 200,000 requests, or 500 a second, would be sent
     */
    public Load watch(String host, Duration atMost, double perSecond) {
        requireReachable(host);
        return new Load(() -> ask(host), this::requireServed, atMost, perSecond);
    }

    /**
     * As {@link #watch(String, Duration, double)}, for what judges nothing: that the gateway does not answer at all is
     * among the answers too.
     */
    public Load observe(String host, Duration atMost, double perSecond) {
        return new Load(() -> ask(host), UnaryOperator.identity(), atMost, perSecond);
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    private Response send(String host) throws IOException {
        Request request = new Request.Builder()
                .url(address.newBuilder().host(host).encodedPath(PATH).query(null).build())
                .header("Host", host)
                .header("Connection", "close")
                .header("Accept", "application/json")
                .build();
        return client.newCall(request).execute();
    }

    private static List<Answer> allOf(List<Callable<List<Answer>>> senders) {
        ExecutorService threads = Executors.newFixedThreadPool(senders.size());
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<List<Answer>> done : threads.invokeAll(senders)) {
                answers.addAll(done.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a sample of traffic was taken", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sample of traffic could not be taken", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** The same words for the same reason, so that failures can be counted. */
    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return NO_NAME;
        }
        if (e instanceof ConnectException) {
            return NO_CONNECTION;
        }
        if (e instanceof InterruptedIOException) {
            return Thread.currentThread().isInterrupted()
                    ? "interrupted"
                    : "no answer within " + CALL_LIMIT.toSeconds() + " s";
        }
        if (e instanceof SSLException) {
            return "TLS: " + e.getMessage();
        }
        return "the connection broke: " + e.getMessage();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
