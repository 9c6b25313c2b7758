package delivery.argocd;

import delivery.settings.Secret;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The session of Argo CD's user: a token from the settings, or one that Argo CD gives for the user's password. */
final class Session {

    private final Login login;
    private final Supplier<String> creation;
    private String token;
    private CompletableFuture<String> creating;

    /** @param creation logs the user in, and returns the session's token */
    Session(Login login, Supplier<String> creation) {
        this.login = login;
        this.creation = creation;
        this.token = login.token().map(Secret::reveal).orElse(null);
    }

    /**
     * Begins to log the user in. Argo CD takes half a second to a second for that, on purpose (util/session,
     * verificationDelayNoiseMin and Max), in which other things can be done.
     */
    synchronized void begin() {
        if (token == null && creating == null) {
            creating = CompletableFuture.supplyAsync(creation, work -> {
                Thread thread = new Thread(work, "argocd login");
                thread.setDaemon(true);
                thread.start();
            });
        }
    }

    /**
     * Returns the session's token. The user is logged in first if necessary.
     *
     * @throws delivery.failure.EnvironmentNotFit if Argo CD refuses the user or cannot be reached
     */
    synchronized String token() {
        if (token == null) {
            token = creating == null ? creation.get() : created();
        }
        return token;
    }

    /** Returns the result of the login that was begun. After a failure, the next call logs the user in again. */
    private String created() {
        try {
            String given = creating.get();
            creating = null;
            return given;
        } catch (ExecutionException refused) {
            creating = null;
            throw refused.getCause() instanceof RuntimeException cause ? cause
                    : new IllegalStateException("Argo CD's login failed", refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Argo CD's login was awaited", interrupted);
        }
    }

    /** Returns whether a refused token can be replaced: one from the settings cannot. */
    boolean isRenewable() {
        return login.token().isEmpty();
    }

    /** Returns the token of a new session, unless another thread has replaced the refused one already. */
    synchronized String renew(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
        return token();
    }
}
