package delivery.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Passes on text that is printed in UTF-8, line by line; lines of different threads are not mixed. */
final class LineStream extends OutputStream {

    private final Map<Thread, ByteArrayOutputStream> begun = new ConcurrentHashMap<>();
    private final Consumer<String> lines;

    LineStream(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(int value) {
        ByteArrayOutputStream line =
                begun.computeIfAbsent(Thread.currentThread(), unused -> new ByteArrayOutputStream());
        if (value == '\n') {
            begun.remove(Thread.currentThread());
            lines.accept(line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", ""));
        } else {
            line.write(value);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            write(bytes[at]);
        }
    }

    /** Passes on the lines that have not ended. */
    @Override
    public void close() {
        begun.values().removeIf(line -> {
            lines.accept(line.toString(StandardCharsets.UTF_8));
            return true;
        });
    }
}
