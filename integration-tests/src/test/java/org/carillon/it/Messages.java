package org.carillon.it;

import java.text.MessageFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the bundles say through {@link System.Logger} from warnings on, as a user would read it. Any thread. */
final class Messages extends Handler {
    private final Logger logger;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /** @param name of the loggers' common root. */
    Messages(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    /** All lines so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            lines.add(line.getParameters() == null
                    ? line.getMessage()
                    : MessageFormat.format(line.getMessage(), line.getParameters()));
        }
    }

    @Override
    public void flush() {
        // lines are there at once
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
