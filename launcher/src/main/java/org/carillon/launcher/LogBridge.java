package org.carillon.launcher;

import java.lang.System.Logger.Level;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/** Copies warnings and errors of the OSGi log to the program's own, so that no component fails in silence. */
final class LogBridge extends ServiceTracker<LogReaderService, LogReaderService> implements LogListener {
    LogBridge(BundleContext context) {
        super(context, LogReaderService.class, null);
    }

    @Override
    public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
        LogReaderService log = super.addingService(reference);
        log.addLogListener(this);
        return log;
    }

    @Override
    public void logged(LogEntry entry) {
        Level level = switch (entry.getLogLevel()) {
            case ERROR -> isToldElsewhere(entry) ? Level.DEBUG : Level.ERROR;
            case WARN -> isToldElsewhere(entry) ? Level.DEBUG : Level.WARNING;
            default -> Level.OFF;
        };
        if (level != Level.OFF) {
            String name = entry.getBundle() == null ? "osgi" : entry.getBundle().getSymbolicName();
            System.Logger log = System.getLogger(name);
            log.log(level, entry.getMessage() + reason(entry.getException()));
            log.log(Level.DEBUG, entry.getMessage(), entry.getException());
        }
    }

    /**
     * Whether another line says the same in better words: of a driver from the drivers folder its deployer tells, and
     * that a component cannot be had follows the line on why it cannot be made.
     */
    private static boolean isToldElsewhere(LogEntry entry) {
        return entry.getBundle() != null && entry.getBundle().getLocation().startsWith("carillon-driver:")
                || entry.getException() != null
                        && String.valueOf(entry.getException().getMessage()).contains("Service factory returned null");
    }

    /** What began it, in words; the whole story is for whoever looks for it. */
    private static String reason(Throwable error) {
        Throwable cause = error;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? "" : ", reason=" + (cause.getMessage() == null ? cause : cause.getMessage());
    }
}
