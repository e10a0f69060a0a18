package org.carillon.launcher.command.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.carillon.launcher.command.client.KeptServer;
import org.carillon.launcher.command.complete.Completion;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** A person at a terminal. */
final class TerminalPrompt implements Prompt {
    private static final System.Logger LOG = System.getLogger(TerminalPrompt.class.getName());
    private static final String PROMPT = "carillon> ";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final String STATE = "XDG_STATE_HOME";

    private static final Size USUAL_SIZE = new Size(80, 24);

    private final Terminal terminal;
    private final LineReader reader;
    private final String prompt;

    TerminalPrompt(KeptServer server) throws IOException {
        terminal = TerminalBuilder.builder().name("carillon").system(true).dumb(true).build();
        if (terminal.getWidth() <= 0) {
            terminal.setSize(USUAL_SIZE); // some terminals do not know theirs
        }
        reader = LineReaderBuilder.builder().terminal(terminal).appName("carillon").parser(new LineParser())
                .completer(new LineCompleter(new Completion(server::client)))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true) // names have exclamation marks
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.COMPLETE_MATCHER_TYPO, false) // what is not typed is not meant
                .option(LineReader.Option.COMPLETE_MATCHER_CAMELCASE, false)
                .build();
        history();
        boolean isPlain = System.getenv("NO_COLOR") != null || terminal.getType().startsWith("dumb");
        prompt = isPlain ? PROMPT : BOLD + PROMPT + PLAIN;
    }

    /** Without a place for it there is none beyond this run. */
    private void history() {
        String state = System.getenv(STATE);
        Path folder = (state == null || state.isBlank() ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state)).resolve("carillon");
        try {
            Files.createDirectories(folder.getParent());
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(
                        "rwx------")));
            }
            reader.setVariable(LineReader.HISTORY_FILE, folder.resolve("history"));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "history is not kept: folder={0}, reason={1}", folder, e);
        }
    }

    @Override
    public String next() {
        while (true) {
            try {
                return reader.readLine(prompt);
            } catch (UserInterruptException _) { // Ctrl-C: what was typed is thrown away
                continue;
            } catch (EndOfFileException _) { // Ctrl-D
                return null;
            }
        }
    }

    @Override
    public boolean isTerminal() {
        return true;
    }

    @Override
    public PrintWriter out() {
        return terminal.writer();
    }

    @Override
    public PrintWriter error() {
        return terminal.writer();
    }

    @Override
    public Watch onInterrupt(Runnable task) {
        Terminal.SignalHandler before = terminal.handle(Signal.INT, _ -> task.run());
        return () -> terminal.handle(Signal.INT, before);
    }

    @Override
    public void close() throws IOException {
        reader.getHistory().save();
        terminal.close();
    }
}
