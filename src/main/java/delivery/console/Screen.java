package delivery.console;

import java.io.IOException;

/** A terminal that can be drawn on. Used by one thread. */
interface Screen extends AutoCloseable {

    record Size(int columns, int rows) {
    }

    Size size();

    /** Whether what is written goes where the person looks: neither behind a shell's prompt nor elsewhere. */
    boolean inForeground();

    /** Whether others wrote since the last call, so that what was drawn is not where it was. */
    boolean disturbed();

    /** Writes at one stroke; it may block for as long as the person holds the terminal. */
    void write(String text) throws IOException;

    @Override
    void close();
}
