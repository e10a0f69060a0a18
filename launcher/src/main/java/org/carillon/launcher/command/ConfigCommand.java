package org.carillon.launcher.command;

import org.carillon.launcher.command.client.ConfigVerbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done with configurations. */
@Command(name = "config", description = "Check configuration files, show and change those of a server.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB", subcommands = {ConfigCheckCommand.class, ConfigVerbs.Show.class,
            ConfigVerbs.Apply.class},
        commandListHeading = "%nVerbs:%n",
        footer = {"", "Example:", "  carillon config check"})
public final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a verb there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a verb: check, show, apply");
    }
}
