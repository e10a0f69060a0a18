package org.carillon.launcher.command.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Lines of a file or of another program: nothing is written but what verbs say. */
record InputPrompt(BufferedReader lines, PrintWriter out, PrintWriter error) implements Prompt {
    InputPrompt(InputStream input, PrintWriter out, PrintWriter error) {
        this(new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)), out, error);
    }

    @Override
    public String next() throws IOException {
        return lines.readLine();
    }

    @Override
    public boolean isTerminal() {
        return false;
    }

    /** Ctrl-C ends the program, as it does all others that run in a pipe. */
    @Override
    public Watch onInterrupt(Runnable task) {
        return () -> {};
    }

    @Override
    public void close() {}
}
