package delivery.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import delivery.settings.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SessionTest {

    private final AtomicInteger logins = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);

    @Test
    void aLoginThatWasBegunIsTheOneThatIsUsed() throws InterruptedException {
        Session session = session(Optional.empty());
        session.begin();
        session.begin();
        assertThat(asked.await(10, TimeUnit.SECONDS)).as("nobody has called yet").isTrue();

        assertThat(session.token()).isEqualTo("token-1");
        assertThat(session.token()).isEqualTo("token-1");
        assertThat(logins).hasValue(1);
    }

    @Test
    void anEndedSessionIsReplacedOnceAndNotByTheLoginThatWasBegun() {
        Session session = session(Optional.empty());
        session.begin();
        String ended = session.token();

        assertThat(session.renew(ended)).isEqualTo("token-2");
        assertThat(session.renew(ended)).as("another thread has replaced it").isEqualTo("token-2");
        assertThat(logins).hasValue(2);
    }

    /** Argo CD locks a user out after five failures: a login that failed while nobody waited is not tried again. */
    @Test
    void theFirstCallSaysWhyALoginFailedAndSendsNoSecondOne() {
        Session session = new Session(login(Optional.empty()), () -> {
            logins.incrementAndGet();
            throw new EnvironmentNotFit("refused", "Check ARGOCD_PASSWORD");
        });
        session.begin();

        assertThatThrownBy(session::token).isInstanceOf(EnvironmentNotFit.class).hasMessageContaining("refused");
        assertThat(logins).hasValue(1);
        assertThatThrownBy(session::token).isInstanceOf(EnvironmentNotFit.class);
        assertThat(logins).hasValue(2);
    }

    @Test
    void aTokenFromTheSettingsNeedsNoLogin() {
        Session session = session(Optional.of(new Secret("given")));
        session.begin();

        assertThat(session.token()).isEqualTo("given");
        assertThat(session.isRenewable()).isFalse();
        assertThat(logins).hasValue(0);
    }

    @Test
    void aCallThatIsInterruptedWhileItWaitsForTheLoginFails() {
        CountDownLatch never = new CountDownLatch(1);
        Session session = new Session(login(Optional.empty()), () -> {
            try {
                never.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return "late";
        });
        session.begin();
        Thread.currentThread().interrupt();

        assertThatThrownBy(session::token).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
        assertThat(session.token()).isEqualTo("late");
    }

    private Session session(Optional<Secret> token) {
        return new Session(login(token), () -> {
            asked.countDown();
            return "token-" + logins.incrementAndGet();
        });
    }

    private static Login login(Optional<Secret> token) {
        return new Login(URI.create("http://localhost"), token, "admin", Optional.of(new Secret("private")),
                Optional.empty(), false);
    }
}
