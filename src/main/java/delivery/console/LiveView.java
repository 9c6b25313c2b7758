package delivery.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jline.utils.AttributedString;

/**
 * Draws on a thread of its own, so that a terminal that is slow, held by Ctrl-S or gone delays no scenario. While it
 * draws, everything that is printed scrolls by above.
 */
final class LiveView {

    private static final long TURN_MILLIS = 250;
    private static final long LONGEST_END_MILLIS = 2000;

    private final LiveArea area;
    private final Screen screen;
    private final Glyphs signs;
    private final Consumer<Exception> broken;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final LineStream printed = new LineStream(this::say);
    private final ScheduledExecutorService drawing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "console");
        thread.setDaemon(true);
        return thread;
    });

    /** @param broken receives the reason if drawing fails for good */
    LiveView(LiveArea area, Screen screen, Glyphs signs, Consumer<Exception> broken) {
        this.area = area;
        this.screen = screen;
        this.signs = signs;
        this.broken = broken;
    }

    void begin() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        drawing.scheduleWithFixedDelay(this::turn, TURN_MILLIS, TURN_MILLIS, TimeUnit.MILLISECONDS);
    }

    void changed() {
        area.changed();
    }

    /** Makes a text scroll by above the rows; returns the lines that the caller must show, after a takeover. */
    List<String> say(String text) {
        return text.lines().map(signs::text).filter(line -> !area.say(line)).toList();
    }

    /** Replaces the drawing by these rows; returns an error if the terminal did not accept them within two seconds. */
    Optional<Exception> end(List<AttributedString> last) {
        return close(() -> {
            area.end(last);
            return null;
        });
    }

    /** Stops drawing: the last drawing stays, with this line below it. */
    Optional<Exception> leave(String line) {
        return close(() -> {
            area.leave(List.of(new AttributedString(signs.text(line))));
            return null;
        });
    }

    private Optional<Exception> close(Callable<Void> ending) {
        restore();
        try {
            drawing.submit(ending).get(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            return Optional.of(e);
        } finally {
            drawing.shutdownNow();
            screen.close();
        }
    }

    /** Returns the lines that have not been shown, and leaves these and all later lines to the caller. */
    List<String> takeOver() {
        return area.takeOver();
    }

    private void turn() {
        try {
            area.turn();
        } catch (IOException | RuntimeException e) {
            restore();
            drawing.shutdown();
            screen.close();
            broken.accept(e);
        }
    }

    private void restore() {
        System.setOut(out);
        System.setErr(err);
        printed.close();
    }
}
