package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says of a console that does not come: that it does not, before anybody has waited in vain. */
final class UpReportIT {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(40);

    @TempDir
    private Path folder;

    private HostOptions options() {
        return HostOptions.defaults().home(Program.distribution()).data(folder).withoutConfigurationFiles();
    }

    private static UpReport awaitConsoleKnown(HostOptions options) {
        try (CarillonHost host = CarillonHost.start(options)) {
            long untilNs = System.nanoTime() + LIMIT_NS;
            UpReport report = UpReport.of(host, 0);
            while (!report.isConsoleKnown()) {
                assertTrue(System.nanoTime() - untilNs < 0, report.consoleLine());
                assertEquals("no console so far", report.consoleLine());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                report = UpReport.of(host, 0);
            }
            return report;
        }
    }

    @Test
    void shouldSayThatTheWebIsLeftOut() {
        UpReport report = awaitConsoleKnown(options().without(HostOptions.WEB));

        assertEquals("no console: its bundle does not run: bundle=org.carillon.webconsole", report.consoleLine());
        assertEquals("its bundle does not run: bundle=org.carillon.webconsole",
                report.json().getString("no_console", ""));
    }

    @Test
    void shouldSayThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            UpReport report = awaitConsoleKnown(options().configuration("org.carillon.webconsole",
                    Map.of("port", taken.getLocalPort(), "portsToTry", 1)));

            assertEquals("no console: no port is free for the web console, the server plays on without it; change port "
                    + "of org.carillon.webconsole: address=127.0.0.1, port=" + taken.getLocalPort()
                    + ", portsToTry=1", report.consoleLine());
        }
    }

    @Test
    void shouldSayWhereTheConsoleIs() {
        UpReport report = awaitConsoleKnown(options());

        assertTrue(report.consoleLine().startsWith("console http://127.0.0.1:"), report.consoleLine());
        assertFalse(report.json().names().contains("no_console"));
    }
}
