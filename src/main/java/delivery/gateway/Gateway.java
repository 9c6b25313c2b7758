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

/** The gateway as users reach it. It samples requests to a release's host, each sent once and on its own connection. */
public final class Gateway implements AutoCloseable {

    private static final int SIDE_BY_SIDE = 8;
    private static final Duration SAMPLE_LIMIT = Duration.ofSeconds(30);
    private static final Duration SAMPLE_LIMIT_PER_REQUEST = Duration.ofMillis(100);

    private final GatewayClient client;

    /**
     * @param address   URL of the gateway, http or https; its path is not used, and its certificate is verified for the
     *                  requested host
     * @param authority PEM file of the authority that signed the gateway's certificate; empty for those that Java
     *                  trusts
     * @throws IllegalArgumentException if the URL is neither http nor https
     * @throws EnvironmentNotFit        if the file cannot be used
     */
    public Gateway(URI address, Optional<Path> authority) {
        this(address, authority, Answer.LIMIT);
    }

    /** @param longest the time limit of an answer, at most {@link Answer#LIMIT} */
    public Gateway(URI address, Optional<Path> authority, Duration longest) {
        client = new GatewayClient(address, authority, longest.compareTo(Answer.LIMIT) < 0 ? longest : Answer.LIMIT);
    }

    /**
     * Requires that the gateway answers, whatever the status: one that does not serve the host answers 404.
     *
     * @param host a host of the domain that it serves, so that it presents the certificate of the releases
     * @throws EnvironmentNotFit     if no answer comes; for a bad certificate, the message says which setting to change
     * @throws IllegalStateException if the thread is interrupted
     */
    public void requireReachable(String host) {
        client.requireReachable(host);
    }

    /**
     * Requires that the gateway answers and does not redirect users, for example from http to https.
     *
     * @param endpoint the endpoint of the scenarios: a gateway may redirect one path and not another
     * @throws EnvironmentNotFit     if it redirects, or no answer comes; the message says which setting to change
     * @throws IllegalStateException if the thread is interrupted
     */
    public void requireDirect(String host, Endpoint endpoint) {
        client.requireDirect(host, endpoint);
    }

    /** Sends one request of a new user. A failure is part of the answer. */
    public Answer ask(String host, Endpoint endpoint) {
        return client.ask(host, endpoint, new Cookies());
    }

    /**
     * Sends this number of requests of these users, who send back the cookies of earlier answers. None is repeated.
     *
     * @param concurrency the number of simultaneous requests, 1 to 64
     * @throws EnvironmentNotFit if the gateway refuses a connection, or takes longer than 30 s plus 0.1 s a request in
     *                           all
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
     * Sends this number of requests of these users at a steady rate, for a condition that must hold all the time. None
     * is repeated.
     *
     * @throws EnvironmentNotFit if the gateway refuses a connection, or takes longer than that time plus 30 s plus 0.1
     *                           s a request
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

    /** Requires that each request got a connection: without one, a gateway says nothing about the release. */
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
     * @param atMost    the time after which it stops by itself
     * @param perSecond the maximum rate; it is lower while answers are slow
     * @throws EnvironmentNotFit        if the gateway does not answer at all
     * @throws IllegalArgumentException if more than 200,000 requests, or 500 a second, would be sent
     */
    public BackgroundTraffic watch(String host, Endpoint endpoint, Duration atMost, double perSecond) {
        requireReachable(host);
        return new BackgroundTraffic(() -> ask(host, endpoint), this::requireServed, atMost, perSecond);
    }

    /**
     * Does the same as {@link #watch(String, Endpoint, Duration, double)}, but not for a verdict: failures of the
     * gateway are among the answers, too.
     */
    public BackgroundTraffic observe(String host, Endpoint endpoint, Duration atMost, double perSecond) {
        return new BackgroundTraffic(() -> ask(host, endpoint), UnaryOperator.identity(), atMost, perSecond);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Returns its address without a slash at the end. */
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

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
