package org.carillon.launcher.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.carillon.api.port.CarillonException;
import org.carillon.launcher.command.client.DriverVerbs;
import org.carillon.launcher.driver.Check;
import org.carillon.launcher.driver.DriverConformance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What concerns drivers. */
@Command(name = "driver",
        description = "Check a driver before it is dropped into drivers/, and look after those that are.",
        mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", commandListHeading = "%nVerbs:%n",
        subcommands = {DriverCommand.CheckCommand.class, DriverVerbs.Listed.class, DriverVerbs.Install.class,
            DriverVerbs.Start.class,
            DriverVerbs.Stop.class, DriverVerbs.Remove.class},
        footer = {"", "Example:", "  carillon driver ls"})
public final class DriverCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a verb: check, ls, install, start, stop, rm");
    }

    /** Tries everything that the host expects of a driver. */
    @Command(name = "check", description = "Open a driver, play to it, take it away, twice, and say what holds. Exit "
            + "code 0 when all does.", mixinStandardHelpOptions = true,
            footer = {"", "Example:",
                "  carillon driver check target/driver.jar",
                "  carillon driver check target/driver.jar --config org.example.echo~left.cfg.json"})
    static final class CheckCommand implements Callable<Integer> {
        private static final int SCHEMA = 1;

        @Parameters(paramLabel = "JAR", description = "Bundle with a driver in it.")
        private Path jar;

        @Option(names = "--config", paramLabel = "FILE",
                description = "Configuration of a component in it: PID.cfg.json or PID~name.cfg.json, or .cfg. Several "
                        + "are possible. Without one: those that lie beside the JAR and are of components that it "
                        + "describes.")
        private List<Path> configurations = List.of();

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (!Files.isRegularFile(jar)) {
                throw new CarillonException(CarillonException.Kind.NO_SUCH_NAME, "no such file: file=" + jar);
            }
            configurations.stream().filter(file -> !Files.isRegularFile(file)).findFirst().ifPresent(file -> {
                throw new CarillonException(CarillonException.Kind.NO_SUCH_NAME, "no such file: file=" + file);
            });
            List<Check> checks = DriverConformance.of(jar, configurations);
            boolean holds = checks.stream().noneMatch(check -> check.verdict() == Check.Verdict.FAILED);
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? json(checks, holds) : text(checks, holds));
            out.flush();
            return holds ? ExitCodes.DONE : ExitCodes.FAILED;
        }

        private static String text(List<Check> checks, boolean holds) {
            StringBuilder text = new StringBuilder();
            for (Check check : checks) {
                text.append(String.format(Locale.ROOT, "%-8s%-50s  %s", word(check), check.expectation(),
                        check.detail()).stripTrailing()).append('\n');
            }
            return text.append(holds ? "it is a driver" : "it is no driver yet").toString();
        }

        private static String json(List<Check> checks, boolean holds) {
            JsonArray array = new JsonArray();
            checks.forEach(check -> array.add(new JsonObject().add("expectation", check.expectation())
                    .add("verdict", word(check)).add("detail", check.detail())));
            return Json.object().add("schema", SCHEMA).add("holds", holds).add("checks", array).toString();
        }

        private static String word(Check check) {
            return check.verdict().name().toLowerCase(Locale.ROOT);
        }
    }
}
