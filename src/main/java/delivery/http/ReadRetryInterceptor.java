package delivery.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Repeats a read a few times if the answer is 429 or 5xx or the connection breaks before an answer, but not once half
 * of the call's time is over: an answer says more than a timeout. A change is sent once: it may have been carried out
 * and only its answer lost. The answer's Retry-After is ignored: an hour, or a time by another machine's clock, would
 * hold up the run.
 */
public final class ReadRetryInterceptor implements Interceptor {

    /** The pause before the first repetition; it doubles before each further one. */
    public static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int MOST_TIMES = 4;
    private static final String RETRY_AFTER = "Retry-After";

    private final Duration firstPause;

    private ReadRetryInterceptor(Duration firstPause) {
        this.firstPause = firstPause;
    }

    /** Adds this interceptor to a client. The client's own behaviour when a connection breaks is a separate setting. */
    public static OkHttpClient.Builder in(OkHttpClient.Builder client, Duration firstPause) {
        return onceAsked(client).addInterceptor(new ReadRetryInterceptor(firstPause));
    }

    /** Keeps a client from repeating a request by itself, as it does after a 503 with {@code Retry-After: 0}. */
    public static OkHttpClient.Builder onceAsked(OkHttpClient.Builder client) {
        return client.addNetworkInterceptor(chain -> {
            Response answer = chain.proceed(chain.request());
            return answer.code() == 503 ? answer.newBuilder().removeHeader(RETRY_AFTER).build() : answer;
        });
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        Duration pause = firstPause;
        long began = System.nanoTime();
        for (int time = 1; reads && time < MOST_TIMES; time++) {
            try {
                Response answer = chain.proceed(request);
                if (answer.code() != 429 && answer.code() < 500 || isHalfOver(chain, began)) {
                    return answer;
                }
                answer.close();
            } catch (IOException broken) {
                if (chain.call().isCanceled() || broken instanceof InterruptedIOException
                        || broken instanceof SSLException || isHalfOver(chain, began)) {
                    throw broken;
                }
            }
            pause(pause);
            pause = pause.multipliedBy(2);
        }
        return chain.proceed(request);
    }

    private static boolean isHalfOver(Chain chain, long began) {
        long whole = chain.call().timeout().timeoutNanos();
        return whole > 0 && System.nanoTime() - began > whole / 2;
    }

    private static void pause(Duration time) throws InterruptedIOException {
        try {
            // Nothing counts it down: only the time is waited for.
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before a request was sent again");
        }
    }
}
