package org.carillon.launcher.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.carillon.launcher.command.complete.CompletionMain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete the words of this command. */
@Command(name = "completion",
        description = "Print the script by which a shell completes verbs, options, and the names of ports, "
                + "connections, sessions, drivers and devices of the server that runs. It never starts one.",
        mixinStandardHelpOptions = true,
        footer = {"", "To have it, type once:",
            "  bash: carillon completion bash > ~/.local/share/bash-completion/completions/carillon",
            "        or, without the package bash-completion: echo 'source <(carillon completion bash)' >> ~/.bashrc",
            "  zsh:  echo 'source <(carillon completion zsh)' >> ~/.zshrc     (below the line with compinit)",
            "  fish: carillon completion fish > ~/.config/fish/completions/carillon.fish", "", "Example:",
            "  carillon completion bash"})
public final class CompletionCommand implements Callable<Integer> {
    /** Those whose scripts there are. */
    enum Shell {
        BASH, ZSH, FISH
    }

    @Parameters(paramLabel = "bash|zsh|fish", description = "For which shell.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(script(shell));
        out.flush();
        return ExitCodes.DONE;
    }

    private static String script(Shell shell) throws IOException {
        try (InputStream script = CompletionMain.class.getResourceAsStream("carillon." + shell.name().toLowerCase(
                Locale.ROOT))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
