package delivery.console;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.nativ.CLibrary;
import org.jline.utils.Signals;

/** The terminal that this process writes to. */
final class InteractiveTerminal implements Screen {

    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final Size USUAL = new Size(80, 24);

    // Never closed: it is the standard output of the process, which plain lines use afterwards.
    private final FileOutputStream output = new FileOutputStream(FileDescriptor.out);
    private final Charset charset;
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private final AtomicBoolean continued = new AtomicBoolean();
    private final Object onResize;
    private final Object onContinue;
    private Size size = USUAL;

    private InteractiveTerminal(Charset charset) {
        this.charset = charset;
        onResize = Signals.register("WINCH", () -> resized.set(true));
        onContinue = Signals.register("CONT", () -> continued.set(true));
    }

    /** Returns the terminal that a person watches; empty if output goes elsewhere or to CI, or nothing can be drawn. */
    static Optional<Screen> find(Map<String, String> environment, Charset charset) {
        try {
            return drawable(environment) && CLibrary.isatty(STANDARD_OUTPUT) == 1 && foreground()
                    ? Optional.of(new InteractiveTerminal(charset)) : Optional.empty();
        } catch (LinkageError | RuntimeException unknown) {
            // JLine has no library for this operating system: plain lines always work.
            return Optional.empty();
        }
    }

    /** Whether a terminal could be drawn on, and its output is not meant for a program. */
    static boolean drawable(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "");
        String ci = environment.getOrDefault("CI", "");
        return !kind.isEmpty() && !kind.equals("dumb") && (ci.isEmpty() || ci.equals("false"));
    }

    /** Whether a person can answer: input and output are a terminal, and this process is in its foreground. */
    static boolean answers() {
        try {
            return CLibrary.isatty(STANDARD_INPUT) == 1 && CLibrary.isatty(STANDARD_OUTPUT) == 1 && foreground();
        } catch (LinkageError | RuntimeException unknown) {
            return false;
        }
    }

    /** Whether the next line of input says yes; the end of the input does not. */
    static boolean agrees() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = System.in.read(); next >= 0 && next != '\n'; next = System.in.read()) {
                line.write(next);
            }
            return line.toString(Charset.defaultCharset()).strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException closed) {
            return false;
        }
    }

    /** Whether colours are wanted; see no-color.org. */
    static boolean coloured(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    @Override
    public Size size() {
        if (resized.getAndSet(false)) {
            CLibrary.WinSize window = new CLibrary.WinSize();
            boolean known = CLibrary.ioctl(STANDARD_OUTPUT, CLibrary.TIOCGWINSZ, window) == 0
                    && window.ws_row > 0 && window.ws_col > 0;
            size = known ? new Size(window.ws_col, window.ws_row) : USUAL;
        }
        return size;
    }

    @Override
    public boolean inForeground() {
        return foreground();
    }

    private static boolean foreground() {
        try {
            String status = Files.readString(Path.of("/proc/self/stat"));
            // The name may contain anything. After it: state, parent, group, session, terminal, foreground group.
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
        output.write(text.getBytes(charset));
    }

    @Override
    public void close() {
        Signals.unregister("WINCH", onResize);
        Signals.unregister("CONT", onContinue);
    }
}
