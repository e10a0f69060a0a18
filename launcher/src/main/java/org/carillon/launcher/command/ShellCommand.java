package org.carillon.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.carillon.launcher.command.client.KeptServer;
import org.carillon.launcher.command.shell.Prompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A prompt for the verbs of this command. */
@Command(name = "shell",
        description = "A prompt that takes the verbs of this command without 'carillon' before them: with history, and "
                + "completion of verbs, options and the names that the server knows. Where standard input is no "
                + "terminal it runs the lines that come there.",
        mixinStandardHelpOptions = true,
        footer = {"", "Ctrl-C ends the verb that runs, Ctrl-D or 'exit' the shell; a line that begins with # is a "
                + "remark.",
            "Exit code: that of the last verb. History: $XDG_STATE_HOME/carillon/history.", "",
            "Example:", "  carillon shell", "  echo 'send synth on C4 100' | carillon shell"})
public final class ShellCommand implements Callable<Integer> {
    @Option(names = {"-s", "--server"}, paramLabel = "SOCKET", description = "Socket of the server. Default: what "
            + "CARILLON_SERVER says, else where a server of this user or of the system listens.")
    private Path socket;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (KeptServer server = new KeptServer(socket);
                Prompt prompt = StatusLine.isTerminal()
                        ? Prompt.ofTerminal(server)
                        : Prompt.ofInput(System.in, spec.commandLine().getOut(), spec.commandLine().getErr())) {
            return new ShellVerbs(server, socket, prompt).run();
        }
    }
}
