package org.carillon.launcher.command.client;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.carillon.client.CarillonClient.Asking;
import org.carillon.protocol.control.ControlClient;
import org.carillon.protocol.control.DriverEntry;
import org.carillon.protocol.control.DriverFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is done with the drivers folder of a running server. */
public final class DriverVerbs {
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
        @Parameters(paramLabel = "FILE", description = "File of the drivers folder.")
        private String file;

        @Override
        final void run() {
            DriverEntry found = new Address(file).one("driver",
                    server().list((to, page) -> to.drivers(page).drivers()), DriverEntry::file, _ -> 0);
            Asking<DriverEntry> asking = to -> ask(to, new DriverFile(found.file()));
            DriverEntry now = server().look(asking);
            say(row(now), now.file() + ": " + (now.state() + " " + now.reason()).toLowerCase(Locale.ROOT).strip());
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
