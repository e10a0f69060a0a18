package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import org.carillon.api.driver.DriverInfo.State;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.ConnectionInfo;
import org.junit.Test;

/** Drivers that do not come back: each is fenced off with one message, and everything else goes on meanwhile. */
public class HangingDriverIT extends DriversTest {
    @Override
    int limitMs() {
        return SHORT_LIMIT_MS;
    }

    @Override
    boolean isExpected(String frameworkWarning) {
        return frameworkWarning.contains("being destroyed before destruction has been interrupted");
    }

    @Test
    public void shouldFenceOffADriverThatHangsWhenItStarts() throws IOException {
        assertFencedOffAtTheBeginning("start", MadeDriver.Fault.HANG_IN_START,
                "start does not come back: limitMs=3000");
    }

    @Test
    public void shouldFenceOffADriverThatTurnsForEverWhenItStarts() throws IOException {
        assertFencedOffAtTheBeginning("loop", MadeDriver.Fault.LOOP_IN_START, "start does not come back: limitMs=3000");
    }

    @Test
    public void shouldFenceOffADriverThatHangsInNativeCode() throws IOException {
        watch(folder, 10_000);
        assertFencedOffAtTheBeginning("native", MadeDriver.Fault.NATIVE_IN_OPEN,
                "driver made native: open does not come back: limitS=5");
    }

    @Test
    public void shouldFenceOffADriverThatTurnsForEverInOpen() throws IOException {
        watch(folder, 10_000);
        assertFencedOffAtTheBeginning("turns", MadeDriver.Fault.LOOP_IN_OPEN,
                "driver made turns: open does not come back: limitS=5");
    }

    @Test
    public void shouldFenceOffADriverThatDoesNotTellItsName() throws IOException {
        watch(folder, 10_000);
        assertFencedOffAtTheBeginning("unnamed", MadeDriver.Fault.HANG_IN_NAME,
                "driver org.carillon.it.MadeDriver: open does not come back: limitS=5");
    }

    private void assertFencedOffAtTheBeginning(String name, MadeDriver.Fault fault, String reason) throws IOException {
        String file = name + ".jar";
        drop(file, DriverFile.driver("it.hang." + name, "1.0.0", name, fault));
        Server.await("it is begun", () -> info(file) != null);
        assertOthersComeAndGo("meanwhile");

        assertEquals(reason, await(file, State.FENCED).reason());
        assertToldOnce(file, "driver is fenced off until the server restarts", "symbolicName=it.hang." + name, reason);
        awaitNoPort(name);
        assertOthersComeAndGo("afterwards");
        assertStaysFenced(name);
    }

    /** Neither under its file's name, nor under its own, nor by request, nor when the deployer itself is new. */
    private void assertStaysFenced(String name) throws IOException {
        drop(name + ".jar", DriverFile.driver("it.mended." + name, "2.0.0", name));
        drop(name + "2.jar", DriverFile.driver("it.hang." + name, "2.0.0", name));
        await(name + "2.jar", State.FENCED);
        Server.await("both refused", () -> messages.lines().stream().filter(
                line -> line.contains("driver stays fenced off until the server restarts")).count() == 2);
        byte[] jar = DriverFile.driver("it.hang." + name, "3.0.0", name).bytes();
        assertEquals(CarillonException.Kind.REFUSED, assertThrows(CarillonException.class,
                () -> drivers().install(name + "3.jar", new ByteArrayInputStream(jar))).kind());
        assertEquals(CarillonException.Kind.REFUSED, assertThrows(CarillonException.class,
                () -> drivers().start(name + ".jar")).kind());
        watch(folder, limitMs() + 1);
        assertEquals(State.FENCED, await(name + ".jar", State.FENCED).state());
        assertTrue(!server.hasPort(name));
    }

    @Test
    public void shouldTakeThePortsOfADriverThatHangsWhenItIsStopped() throws IOException {
        assertPortsGo("stop", MadeDriver.Fault.HANG_IN_STOP, "stop does not come back: limitMs=3000");
    }

    @Test
    public void shouldTakeThePortsOfADriverThatHangsWhenItIsClosed() throws IOException {
        watch(folder, 10_000);
        assertPortsGo("close", MadeDriver.Fault.HANG_IN_CLOSE, "driver made close: close does not come back: limitS=5");
    }

    private void assertPortsGo(String name, MadeDriver.Fault fault, String reason) throws IOException {
        drop(name + ".jar", DriverFile.driver("it.hang." + name, "1.0.0", name, fault));
        awaitPort(name);
        await(name + ".jar", State.ACTIVE);
        server.open("pianist").source("out");
        server.connect("pianist:out", name, "");
        Files.delete(folder.resolve(name + ".jar"));

        server.awaitState("pianist:out", name, ConnectionInfo.State.WAITING);
        assertOthersComeAndGo("meanwhile");
        assertEquals(reason, await(name + ".jar", State.FENCED).reason());
        assertToldOnce(name + ".jar", "driver is fenced off until the server restarts", reason);
        drop(name + "2.jar", DriverFile.driver("it.hang." + name, "2.0.0", name));
        await(name + "2.jar", State.FENCED);
        assertTrue(!server.hasPort(name));
    }
}
