package delivery.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.Signals;

/**
 * The terminal that shows what this process writes. Where Surefire runs it, its own output is a pipe to Maven; what
 * counts then is where Maven's output goes.
 */
final class PersonsTerminal implements Screen {

    private static final Pattern DEVICE = Pattern.compile("/dev/(?:pts/\\d+|tty\\w+|console)");
    private static final Pattern LOG_FILE = Pattern.compile("(?:^|\\s)(?:-l|--log-file)(?:[\\s=]|$)");
    private static final int MOST_ANCESTORS = 8;
    private static final int STTY_SECONDS = 2;
    private static final Size USUAL = new Size(80, 24);

    private final Path device;
    private final FileChannel channel;
    private final Charset charset;
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private final AtomicBoolean continued = new AtomicBoolean();
    private final Object onResize;
    private final Object onContinue;
    private Size size = USUAL;

    private PersonsTerminal(Path device, Charset charset) throws IOException {
        this.device = device;
        this.charset = charset;
        channel = FileChannel.open(device, StandardOpenOption.WRITE);
        onResize = Signals.register("WINCH", () -> resized.set(true));
        onContinue = Signals.register("CONT", () -> continued.set(true));
    }

    /**
     * Looks for a terminal that a person watches.
     *
     * @param charset that it shows
     * @return empty if the output goes elsewhere, to a terminal that cannot be drawn on, or to CI
     */
    static Optional<Screen> find(Map<String, String> environment, boolean forkedByMaven, Charset charset) {
        if (!drawable(environment)) {
            return Optional.empty();
        }
        try {
            Path shown = output(forkedByMaven);
            if (!DEVICE.matcher(shown.toString()).matches()) {
                return Optional.empty();
            }
            PersonsTerminal terminal = new PersonsTerminal(shown, charset);
            if (terminal.inForeground()) {
                return Optional.of(terminal);
            }
            terminal.close();
            return Optional.empty();
        } catch (IOException | RuntimeException hidden) {
            // Another system than Linux, or a process of another user: plain lines are always right.
            return Optional.empty();
        }
    }

    /** Whether a terminal can be drawn on if there is one, and its output is for nobody else. */
    static boolean drawable(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "");
        String ci = environment.getOrDefault("CI", "");
        return !kind.isEmpty() && !kind.equals("dumb") && (ci.isEmpty() || ci.equals("false"))
                && !LOG_FILE.matcher(environment.getOrDefault("MAVEN_CMD_LINE_ARGS", "")).find();
    }

    /** Whether colours are wanted: see no-color.org. */
    static boolean coloured(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Where our output ends: it goes through the process that does not share our own with us. */
    private static Path output(boolean forkedByMaven) throws IOException {
        Path own = output(ProcessHandle.current());
        if (!forkedByMaven) {
            return own;
        }
        Optional<ProcessHandle> ancestor = ProcessHandle.current().parent();
        for (int number = 0; ancestor.isPresent() && number < MOST_ANCESTORS; number++) {
            Path its = output(ancestor.get());
            if (!its.equals(own)) {
                return its;
            }
            ancestor = ancestor.get().parent();
        }
        return own;
    }

    private static Path output(ProcessHandle process) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "fd", "1"));
    }

    @Override
    public Size size() {
        if (resized.getAndSet(false)) {
            size = measured();
        }
        return size;
    }

    private Size measured() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(device.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher numbers = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*").matcher(answer);
            if (stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS) && numbers.matches()) {
                int rows = Integer.parseInt(numbers.group(1));
                int columns = Integer.parseInt(numbers.group(2));
                return rows > 0 && columns > 0 ? new Size(columns, rows) : USUAL;
            }
            return size;
        } catch (IOException unknown) {
            return size;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return size;
        }
    }

    @Override
    public boolean inForeground() {
        try {
            String status = Files.readString(Path.of("/proc/self/stat"));
            // After the name, which may hold anything: state, parent, group, session, terminal, group in front.
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
            return fields[5].equals("-1") || fields[5].equals(fields[2]);
        } catch (IOException unknown) {
            return true;
        }
    }

    @Override
    public boolean disturbed() {
        return continued.getAndSet(false);
    }

    @Override
    public void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(charset));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        Signals.unregister("WINCH", onResize);
        Signals.unregister("CONT", onContinue);
        try {
            channel.close();
        } catch (IOException gone) {
            // The terminal is gone, and what was written with it: there is nobody to tell.
            return;
        }
    }
}
