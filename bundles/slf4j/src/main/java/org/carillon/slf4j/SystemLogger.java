package org.carillon.slf4j;

import java.lang.System.Logger.Level;
import org.slf4j.Marker;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Warnings and errors as such; what a library finds worth an info line is a debug line here. */
final class SystemLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient System.Logger log;

    SystemLogger(String name) {
        this.name = name;
        log = System.getLogger(name);
    }

    @Override
    public boolean isTraceEnabled() {
        return log.isLoggable(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isLoggable(Level.TRACE);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isLoggable(Level.DEBUG);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isLoggable(Level.WARNING);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isLoggable(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(org.slf4j.event.Level level, Marker marker, String pattern,
            Object[] arguments, Throwable thrown) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        log.log(switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARNING;
            case INFO -> Level.DEBUG;
            case DEBUG, TRACE -> Level.TRACE;
        }, message, thrown);
    }
}
