package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.client.CarillonClient.Asking;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.DriverEntry;
import org.carillon.protocol.control.DriverFile;
import org.carillon.protocol.control.NewDriver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done with the drivers folder of a running server. */
public final class DriverVerbs {
    /** The state of a driver that runs. */
    private static final String RUNNING = "ACTIVE";

    private DriverVerbs() {}

    /** The drivers folder. */
    static Listing listing(Server server) {
        return new Listing("drivers", server.list((to, page) -> to.drivers(page).drivers()).stream()
                .map(DriverVerbs::row).toList(), List.of("file", "name", "version", "state", "reason"),
                row -> row.getString("file", ""));
    }

    private static JsonObject row(DriverEntry driver) {
        return new JsonObject().add("file", driver.file()).add("name", driver.symbolicName())
                .add("version", driver.version()).add("state", driver.state().toLowerCase(Locale.ROOT))
                .add("reason", driver.reason());
    }

    private static String line(DriverEntry driver) {
        return driver.file() + ": " + (driver.state().toLowerCase(Locale.ROOT) + "  " + driver.reason()).strip();
    }

    /** Says that a driver runs, or fails. */
    private static void tellStarted(ServerVerb verb, DriverEntry driver) {
        if (!driver.state().equals(RUNNING)) {
            throw new CarillonException(Kind.FAILED, "driver does not run: file=" + driver.file() + ", state="
                    + driver.state().toLowerCase(Locale.ROOT) + ", reason=" + driver.reason());
        }
        verb.say(row(driver), line(driver));
    }

    /** Puts a driver into the folder and starts it. */
    @Command(name = "install", description = "Put a driver into the drivers folder of the server and start it, in the "
            + "place of the one of that file name, while music plays. Starts a server where none runs.",
            mixinStandardHelpOptions = true,
            footer = {"", "Exit code: 0 where it runs, 1 where it does not, though it may be in the folder then, 4 "
                    + "where it was",
                "refused and nothing has changed.", "", "Example:",
                "  carillon driver install target/driver.jar", "  carillon driver install driver.jar --name echo.jar"})
    public static final class Install extends ServerVerb {
        @Parameters(paramLabel = "JAR", description = "Bundle with a driver in it; 'carillon driver check' tries it "
                + "before.")
        private Path jar;

        @Option(names = "--name", paramLabel = "FILE", description = "Name that it gets in the folder. Default: its "
                + "own.")
        private String name;

        @Override
        void run() {
            if (!Files.isRegularFile(jar)) {
                throw new CarillonException(Kind.NO_SUCH_NAME, "no such file: file=" + jar);
            }
            NewDriver wanted = new NewDriver(name == null ? jar.toAbsolutePath().getFileName().toString() : name);
            tellStarted(this, server().hand(jar, to -> to.installDriver(wanted)));
        }
    }

    /** Lists the drivers folder. */
    @Command(name = "ls", description = "List the drivers folder of the server.", mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  carillon driver ls"})
    public static final class Listed extends ServerVerb {
        @Override
        void run() {
            print(listing(server()));
        }
    }

    /** Something done with one driver of the folder. */
    abstract static class OneDriver extends ServerVerb {
        @Parameters(paramLabel = "DRIVER", description = "Its file in the drivers folder.")
        private String file;

        @Override
        final void run() {
            DriverEntry found = new Address(file).one("driver",
                    server().list((to, page) -> to.drivers(page).drivers()), DriverEntry::file, _ -> 0);
            Asking<DriverEntry> asking = to -> ask(to, new DriverFile(found.file()));
            tell(server().lookPatiently(asking));
        }

        /** Says how the driver is now. */
        void tell(DriverEntry now) {
            say(row(now), line(now));
        }

        abstract DriverEntry ask(ControlClient to, DriverFile driver) throws java.io.IOException;
    }

    /** Starts a driver. */
    @Command(name = "start", description = "Start a driver that was stopped or has failed.",
            mixinStandardHelpOptions = true, footer = {"", "Example:", "  carillon driver start echo.jar"})
    public static final class Start extends OneDriver {
        @Override
        DriverEntry ask(ControlClient to, DriverFile driver) throws java.io.IOException {
            return to.startDriver(driver);
        }

        @Override
        void tell(DriverEntry now) {
            tellStarted(this, now);
        }
    }

    /** Stops a driver. */
    @Command(name = "stop", description = "Stop a driver; its file stays.", mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  carillon driver stop echo.jar"})
    public static final class Stop extends OneDriver {
        @Override
        DriverEntry ask(ControlClient to, DriverFile driver) throws java.io.IOException {
            return to.stopDriver(driver);
        }
    }

    /** Deletes a driver. */
    @Command(name = "rm", description = "Delete a driver's file; it ends and its ports go.",
            mixinStandardHelpOptions = true, footer = {"", "Example:", "  carillon driver rm echo.jar"})
    public static final class Remove extends OneDriver {
        @Override
        DriverEntry ask(ControlClient to, DriverFile driver) throws java.io.IOException {
            return to.removeDriver(driver);
        }
    }
}
