package org.carillon.launcher.command.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import org.carillon.launcher.command.client.KeptServer;

/** Gives lines, and takes what is said to them. One thread. */
public interface Prompt extends AutoCloseable {
    /** Something that watches until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** A person at a terminal, with history and completion. */
    static Prompt ofTerminal(KeptServer server) throws IOException {
        return new TerminalPrompt(server);
    }

    /** Lines of a file or of another program. */
    static Prompt ofInput(InputStream input, PrintWriter out, PrintWriter error) {
        return new InputPrompt(input, out, error);
    }

    /** The next line; null at the end. */
    String next() throws IOException;

    /** Whether a person sits there. */
    boolean isTerminal();

    PrintWriter out();

    PrintWriter error();

    /** Has something done, on another thread, each time that Ctrl-C is typed, instead of ending the program. */
    Watch onInterrupt(Runnable task);

    @Override
    void close() throws IOException;
}
