package org.carillon.launcher.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.carillon.api.port.CarillonException;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.command.ExitCodes;
import org.carillon.launcher.command.Profile;
import org.carillon.launcher.command.StandingHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows in half a minute what a server does, and proves it. */
@Command(name = "demo", description = "Play a piece through a server of its own, compare what comes out, draw how late "
        + "it was.", mixinStandardHelpOptions = true, footer = {"", "Example:", "  carillon demo --seconds 10 --exit"})
public final class DemoCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 240;
    private static final long STAY_LIMIT_MS = TimeUnit.SECONDS.toMillis(270);
    private static final String PICTURE = "carillon-demo-lateness.svg";

    @Option(names = "--exit",
            description = "End after the report. Otherwise, on a terminal, the server stays for a few "
                    + "minutes.")
    private boolean exit;

    @Option(names = "--json", description = "Print one JSON object instead of the table, and end.")
    private boolean json;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "How long the piece is to last, "
            + "1 to " + MAX_SECONDS + "; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--picture", paramLabel = "FILE", description = "Where to draw the picture. Default: " + PICTURE
            + " in this folder or, where that is read-only, among temporary files.")
    private Path picture;

    @Mixin
    private Profile profile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new ParameterException(spec.commandLine(),
                    "--seconds must be 1 to " + MAX_SECONDS + ": seconds=" + seconds);
        }
        long startNs = System.nanoTime();
        HostOptions options = profile.apply(HostOptions.temporary().withoutConfigurationFiles()
                .configuration("org.carillon.driver.loopback~loop", Map.of("name", Demo.LOOP)),
                spec.commandLine().getErr());
        try (StandingHost standing = new StandingHost(options)) {
            Score score = ScoreReader.readResource("canon.score").stretchedTo(TimeUnit.SECONDS.toNanos(seconds));
            ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), score, isTerminal());
            DemoReport report = new Demo(score, progress).perform(standing.host().sessions());
            progress.end();
            print(report, draw(report));
            int code = report.isGood() ? ExitCodes.DONE : ExitCodes.FAILED;
            if (!exit && !json && isTerminal()) {
                stay(standing, startNs, code);
            }
            return code;
        }
    }

    private void print(DemoReport report, Path drawn) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json(drawn) : report.text(drawn));
        out.flush();
    }

    private Path draw(DemoReport report) throws IOException {
        Path file = picture;
        if (file == null) {
            Path here = Path.of("").toAbsolutePath();
            file = Files.isWritable(here) ? here.resolve(PICTURE) : Files.createTempFile("carillon-demo-", ".svg");
        }
        file = file.toAbsolutePath().normalize();
        try {
            return Files.writeString(file, report.picture());
        } catch (IOException e) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "picture must be writable: file=" + file + ", reason=" + e);
        }
    }

    private void stay(StandingHost standing, long startNs, int code) throws InterruptedException {
        long leftMs = STAY_LIMIT_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        PrintWriter out = spec.commandLine().getOut();
        out.println("The server stays for " + TimeUnit.MILLISECONDS.toSeconds(leftMs)
                + " seconds; end it with Ctrl-C. Without waiting: carillon demo --exit");
        out.flush();
        standing.stay(leftMs, code);
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }
}
