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
 * Draws on a thread of its own, so that a terminal that is slow, held by Ctrl-S or gone keeps no scenario waiting.
 * While it draws, what anyone prints scrolls by above.
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

    /** @param broken is told why nothing can be drawn any more */
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

    /** Has a text scroll by above the rows; the lines that something else has to show, as it took over. */
    List<String> say(String text) {
        return text.lines().map(signs::text).filter(line -> !area.say(line)).toList();
    }

    /** Leaves these rows in place of what was drawn; says why the terminal took nothing for two seconds, if so. */
    Optional<Exception> end(List<AttributedString> last) {
        return close(() -> {
            area.end(last);
            return null;
        });
    }

    /** Draws no more: what is drawn stays, and this line below it. */
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

    /** Lines that have not been shown, and are shown by something else from now on. */
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
