package org.carillon.launcher.command;

import java.io.PrintWriter;
import java.util.Optional;
import org.carillon.api.port.CarillonException;
import org.carillon.launcher.command.client.AliasCommand;
import org.carillon.launcher.command.client.ClientCommand;
import org.carillon.launcher.command.client.ConnectCommand;
import org.carillon.launcher.command.client.DisconnectCommand;
import org.carillon.launcher.command.client.DownCommand;
import org.carillon.launcher.command.client.FilterCommand;
import org.carillon.launcher.command.client.ListCommand;
import org.carillon.launcher.command.client.LatencyCommand;
import org.carillon.launcher.command.client.LogCommand;
import org.carillon.launcher.command.client.PanicCommand;
import org.carillon.launcher.command.client.SendCommand;
import org.carillon.launcher.command.client.StatsCommand;
import org.carillon.launcher.command.client.StatusCommand;
import org.carillon.launcher.command.client.SysexCommand;
import org.carillon.launcher.command.client.TapCommand;
import org.carillon.launcher.command.client.TimeCommand;
import org.carillon.launcher.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code carillon} command. */
@Command(name = "carillon", description = "A MIDI server and audio host.", mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class, synopsisSubcommandLabel = "VERB",
        subcommands = {UpCommand.class, DemoCommand.class, PlayCommand.class, RecordCommand.class, RenderCommand.class,
            InfoCommand.class, ConfigCommand.class, DriverCommand.class, DoctorCommand.class, FetchSoundsCommand.class,
            CodegenCommand.class, BenchCommand.class, FirstEventCommand.class, ListCommand.class, ConnectCommand.class,
            DisconnectCommand.class, FilterCommand.class, StatusCommand.class, DownCommand.class, PanicCommand.class,
            StatsCommand.class, TimeCommand.class, LogCommand.class, ClientCommand.class, AliasCommand.class,
            SendCommand.class, TapCommand.class, LatencyCommand.class, SysexCommand.class,
            ShellCommand.class, CompletionCommand.class},
        commandListHeading = "%nVerbs:%n", footer = {
            "", "'carillon VERB --help' explains a verb. The first thing to try: carillon demo",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such name, 4 refused, 5 server not reachable, "
                    + "6 timed out"})
public final class Main implements Runnable {
    private static final long MIB = 1024 * 1024;
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Runs a verb and ends the program with its exit code. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
        }
        System.exit(execute(commandLine(), arguments));
    }

    private static int execute(CommandLine line, String[] arguments) {
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            System.err.println("carillon: more memory is needed, type JDK_JAVA_OPTIONS=-Xmx4g before the command: "
                    + "heapMib=" + Runtime.getRuntime().maxMemory() / MIB);
            return ExitCodes.FAILED;
        }
    }

    /** The command with all its verbs. */
    public static CommandLine commandLine() {
        return commandLine(CommandLine.defaultFactory());
    }

    /** @param parts makes verbs and what they are made of. */
    static CommandLine commandLine(IFactory parts) {
        CommandLine line = new CommandLine(new Main(), parts);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setExecutionExceptionHandler((error, command, parsed) -> report(error, command.getErr()));
        line.setParameterExceptionHandler((error, given) -> reportUsage(error));
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().get("bench").setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    /** Without a verb there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a verb");
    }

    private static int reportUsage(ParameterException error) {
        CommandLine command = error.getCommandLine();
        PrintWriter out = command.getErr();
        out.println("carillon: " + error.getMessage());
        if (error instanceof UnmatchedArgumentException unmatched) {
            nearest(unmatched.getUnmatched().getFirst(), command)
                    .ifPresent(word -> out.println("did you mean: " + word));
        }
        out.println("help: " + command.getCommandSpec().qualifiedName() + " --help");
        out.flush();
        return ExitCodes.WRONG_USAGE;
    }

    /** The verb or option that was perhaps meant. */
    private static Optional<String> nearest(String word, CommandLine command) {
        return Spelling.nearest(word, word.startsWith("-")
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet());
    }

    static int report(Exception error, PrintWriter out) {
        if (error instanceof CarillonException) {
            out.println("carillon: " + error.getMessage());
        } else {
            out.println("carillon: unexpected error");
            error.printStackTrace(out);
        }
        out.flush();
        return ExitCodes.of(error);
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[]{"carillon " + (version == null ? "(not from a jar)" : version) + ", Java "
                    + Runtime.version()};
        }
    }
}
