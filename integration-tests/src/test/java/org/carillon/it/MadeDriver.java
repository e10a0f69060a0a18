package org.carillon.it;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Dictionary;
import java.util.concurrent.locks.LockSupport;
import org.carillon.api.driver.Driver;
import org.carillon.api.port.Attachment;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.ServerClock;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A driver that tests pack into bundles of their own: it publishes one loop, and does what its manifest asks for.
 * Threads that it hangs or turns in are let go when the system property {@link #RELEASE} is set.
 */
public final class MadeDriver implements BundleActivator, Driver {
    static final String RELEASE = "carillon.it.release";
    static final String PORT = "Test-Port";
    static final String FAULT = "Test-Fault";
    private static final int CAPACITY = 1 << 16;

    /** What may go wrong, and where. */
    enum Fault {
        NONE, THROW_IN_START, THROW_IN_STOP, THROW_IN_NAME, THROW_IN_OPEN, THROW_IN_CLOSE, HANG_IN_START, HANG_IN_STOP,
        HANG_IN_NAME, HANG_IN_OPEN, HANG_IN_CLOSE, LOOP_IN_START, LOOP_IN_OPEN, NATIVE_IN_OPEN
    }

    /** Loaded when the driver is closed, not before. */
    private static final class LoadedLate {
        private LoadedLate() {}

        static void touch() {
            // being loaded is enough
        }
    }

    private String port;
    private Fault fault;

    @Override
    public void start(BundleContext context) {
        Dictionary<String, String> headers = context.getBundle().getHeaders("");
        port = headers.get(PORT);
        fault = Fault.valueOf(headers.get(FAULT));
        context.registerService(Driver.class, this, null);
        doWrong("START");
    }

    @Override
    public void stop(BundleContext context) {
        doWrong("STOP");
    }

    @Override
    public String name() {
        doWrong("NAME");
        return "made " + port;
    }

    @Override
    public void open(Attachment ports, Doorbell bell, ServerClock clock) {
        doWrong("OPEN");
        ports.addLoop(port, CAPACITY, 0);
    }

    @Override
    public void close() {
        doWrong("CLOSE");
        LoadedLate.touch();
    }

    private void doWrong(String where) {
        switch (fault.name().replace("_IN_" + where, "")) {
            case "THROW" -> throw new IllegalStateException("no luck in " + where);
            case "HANG" -> hang(true);
            case "LOOP" -> hang(false);
            case "NATIVE" -> pause();
            default -> {
                // all is well here
            }
        }
    }

    /** Does not listen to an interrupt. */
    private static void hang(boolean sleeps) {
        while (System.getProperty(RELEASE) == null) {
            if (sleeps) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Waits in the system for a signal that does not come. */
    private static void pause() {
        Linker linker = Linker.nativeLinker();
        try {
            int status = (int) linker.downcallHandle(linker.defaultLookup().findOrThrow("pause"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT)).invokeExact();
            throw new IllegalStateException("woken: status=" + status);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
