package delivery.gateway;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.Answer;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.PacedRequests;
import delivery.traffic.Sample;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;

/** The gateway as users meet it: samples of requests under a release's host, each once, on a connection of its own. */
public final class Gateway implements AutoCloseable {

    private static final int SIDE_BY_SIDE = 8;
    private static final Duration SAMPLE_LIMIT = Duration.ofSeconds(30);
    private static final Duration SAMPLE_LIMIT_PER_REQUEST = Duration.ofMillis(100);

    private final GatewayClient client;

    /**
     * @param address   URL of the gateway, http or https; its path is not used. A host's certificate is verified for
     *                  the host that is asked for.
     * @param authority PEM file of the authority that signed the gateway's certificate; empty: those that Java trusts
     * @throws IllegalArgumentException if the URL is neither http nor https
     * @throws EnvironmentNotFit        if the file cannot be used
     */
    public Gateway(URI address, Optional<Path> authority) {
        this(address, authority, Answer.LIMIT);
    }

    /** @param longest for an answer; {@link Answer#LIMIT} where it is longer */
    public Gateway(URI address, Optional<Path> authority, Duration longest) {
        client = new GatewayClient(address, authority, longest.compareTo(Answer.LIMIT) < 0 ? longest : Answer.LIMIT);
    }

    /**
     * Makes sure that the gateway answers at all, whatever it says: one that does not serve the host says 404.
     *
     * @param host a host of the domain it serves, so that its certificate is the one that the releases have
     * @throws EnvironmentNotFit     if no answer comes; it says what to set where a certificate is why
     * @throws IllegalStateException if the thread is interrupted
     */
    public void requireReachable(String host) {
        client.requireReachable(host);
    }

    /**
     * Makes sure that the gateway answers and does not send users elsewhere, such as from http to https.
     *
     * @param endpoint what the scenarios will ask for: a gateway may send on one path and not another
     * @throws EnvironmentNotFit     if it does, or no answer comes; it says what to set
     * @throws IllegalStateException if the thread is interrupted
     */
    public void requireDirect(String host, Endpoint endpoint) {
        client.requireDirect(host, endpoint);
    }

    /** Sends one request, of a user who was not there before. What goes wrong is in the answer. */
    public Answer ask(String host, Endpoint endpoint) {
        return client.ask(host, endpoint, new Cookies());
    }

    /**
     * Sends so many requests, once each, of these users: they have the cookies that they were given before.
     *
     * @param concurrency how many are under way at a time, 1 to 64
     * @throws EnvironmentNotFit     if the gateway does not take every connection, or takes more than 30 seconds and
     * 0.1 second a request for the lot
     * @throws IllegalStateException if the thread is interrupted
     */
    public Sample sample(Users users, Endpoint endpoint, int requests, int concurrency) {
        require(requests > 0, "requests must be positive: " + requests);
        require(concurrency >= 1 && concurrency <= 64, "concurrency must be 1 to 64: " + concurrency);
        requireReachable(users.host());
        Duration limit = SAMPLE_LIMIT.plus(SAMPLE_LIMIT_PER_REQUEST.multipliedBy(requests));
        long end = System.nanoTime() + limit.toNanos();
        AtomicInteger sent = new AtomicInteger();
        Callable<List<Answer>> sender = () -> {
            List<Answer> own = new ArrayList<>();
            for (int number = sent.getAndIncrement(); number < requests && System.nanoTime() < end;
                    number = sent.getAndIncrement()) {
                own.add(users.ask(number, client, endpoint));
            }
            return own;
        };
        List<Answer> answers = allOf(Collections.nCopies(concurrency, sender));
        if (answers.size() < requests) {
            throw new EnvironmentNotFit("The gateway at " + address() + " answered only " + answers.size() + " of "
                    + requests + " requests in " + limit.toSeconds() + " s",
                    "Check the gateway's load, or lower REQUESTS");
        }
        return requireServed(new Sample(answers));
    }

    /**
     * Sends so many requests at a steady rate over a time, once each, of these users: for what must be so all that
     * time.
     *
     * @throws EnvironmentNotFit     if the gateway does not take every connection, or takes more than 30 seconds and
     * 0.1 second a request longer than that time
     * @throws IllegalStateException if the thread is interrupted
     */
    public Sample sample(Users users, Endpoint endpoint, int requests, Duration over) {
        require(requests > 0, "requests must be positive: " + requests);
        requireReachable(users.host());
        Duration longest = over.plus(SAMPLE_LIMIT).plus(SAMPLE_LIMIT_PER_REQUEST.multipliedBy(requests));
        AtomicInteger sent = new AtomicInteger();
        return requireServed(new Sample(new PacedRequests(requests, over, SIDE_BY_SIDE, longest).ask(
                () -> users.ask(sent.getAndIncrement(), client, endpoint), () ->
                new EnvironmentNotFit("The gateway at " + address() + " did not answer " + requests + " requests in "
                        + longest.toSeconds() + " s; they were meant to take " + over.toSeconds() + " s",
                        "Check the gateway's load, or give them a longer time"))));
    }

    /** A gateway that takes no connection says nothing of what is behind it. */
    private Sample requireServed(Sample sample) {
        for (String reason : List.of(GatewayClient.NO_CONNECTION, GatewayClient.NO_NAME)) {
            if (sample.failures().containsKey(reason)) {
                throw new EnvironmentNotFit("The gateway at " + address() + " did not answer "
                        + sample.failures().get(reason) + " of " + sample.size() + " requests: " + reason,
                        "Check that the gateway runs, and that it can be reached from here throughout the run");
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
    public BackgroundTraffic watch(String host, Endpoint endpoint, Duration atMost, double perSecond) {
        requireReachable(host);
        return new BackgroundTraffic(() -> ask(host, endpoint), this::requireServed, atMost, perSecond);
    }

    /**
     * As {@link #watch(String, Endpoint, Duration, double)}, for what judges nothing: that the gateway
     * does not answer at all is among the answers too.
     */
    public BackgroundTraffic observe(String host, Endpoint endpoint, Duration atMost, double perSecond) {
        return new BackgroundTraffic(() -> ask(host, endpoint), UnaryOperator.identity(), atMost, perSecond);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Its address without a slash at the end. */
    String url() {
        return address().toString().replaceFirst("/+$", "");
    }

    private HttpUrl address() {
        return client.address();
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

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
