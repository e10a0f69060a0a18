package org.carillon.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What must not be forgotten when this bundle is itself replaced or configured anew, until the framework is started
 * again. One thread.
 */
final class RunNotes {
    private static final System.Logger LOG = System.getLogger(RunNotes.class.getName());
    private static final String RUN = "run";

    private final Path file;
    private final Properties notes = new Properties();

    /** @param run tells this start of the framework from all others. */
    RunNotes(Path file, String run) {
        this.file = file;
        try (InputStream in = Files.newInputStream(file)) {
            notes.load(in);
        } catch (IOException | IllegalArgumentException e) {
            notes.clear(); // the first time
        }
        if (!run.equals(notes.getProperty(RUN))) {
            notes.clear();
            notes.setProperty(RUN, run);
        }
    }

    /** Empty where there is none. */
    String get(String key) {
        return notes.getProperty(key, "");
    }

    void put(String key, String value) {
        if (!value.equals(notes.put(key, value))) {
            write();
        }
    }

    void remove(String key) {
        if (notes.remove(key) != null) {
            write();
        }
    }

    private void write() {
        try (OutputStream out = Files.newOutputStream(file)) {
            notes.store(out, null);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "notes on drivers are not kept: file={0}, reason={1}", file, Trouble.reason(e));
        }
    }
}
