package delivery.console;

import java.io.IOException;

/** A terminal that can be drawn on. Used by one thread. */
interface Screen extends AutoCloseable {

    record Size(int columns, int rows) {
    }

    Size size();

    /** Whether output goes where the person looks, rather than behind a shell's prompt or elsewhere. */
    boolean inForeground();

    /** Whether other programs wrote since the last call, so that the rows are no longer where they were drawn. */
    boolean disturbed();

    /** Writes the text at once; may block for as long as the person holds the terminal. */
    void write(String text) throws IOException;

    @Override
    void close();
}
