package org.carillon.deploy;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.port.CarillonException;
import org.osgi.framework.Bundle;

/**
 * Makes the bundles that run follow the files in the folder. One thread owns all that is known; others leave messages,
 * and a driver that hangs holds up nobody.
 */
final class Deployer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Deployer.class.getName());
    /** Changes are heard of; this is for a folder that is not there yet, and for systems that do not tell. */
    private static final long SCAN_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long JOIN_MS = 1_000;

    private final LinkedBlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
    private final Folder folder;
    private final Quiet quiet;
    private final Keeper keeper;
    private final Thread thread = new Thread(this::run, "carillon-drivers");
    private volatile List<Seen> seen = List.of();
    private volatile boolean closed;
    private long scannedNs;
    private boolean isScanDue = true;
    private String folderTrouble = "";

    /** A driver as others may see it. */
    record Seen(DriverInfo info, Bundle bundle) {}

    /** Makes what decides; it is given what brings a finished action back. */
    interface KeeperMaker {
        Keeper make(Consumer<Action> finished);
    }

    Deployer(Folder folder, Quiet quiet, KeeperMaker maker) {
        this.folder = folder;
        this.quiet = quiet;
        keeper = maker.make(this::onFinished);
        folder.listen(file -> messages.add(() -> changed(file)), () -> messages.add(() -> isScanDue = true));
        thread.setDaemon(true);
    }

    private void onFinished(Action action) {
        messages.add(() -> keeper.finished(action, System.nanoTime()));
    }

    void start() {
        thread.start();
    }

    /** As of the last turn. Any thread. */
    List<Seen> seen() {
        return seen;
    }

    /** Leaves a message for the keeper. Any thread. */
    void tell(Consumer<Keeper> message) {
        messages.add(() -> message.accept(keeper));
    }

    /**
     * Asks for something to be done with a file, and waits until nothing more is done with it. Any thread.
     *
     * @param request may refuse with a {@link CarillonException}.
     */
    CompletableFuture<DriverInfo> ask(String file, BiConsumer<Keeper, Slot> request) {
        CompletableFuture<DriverInfo> answer = new CompletableFuture<>();
        messages.add(() -> {
            try {
                request.accept(keeper, keeper.slot(file));
                Slot slot = keeper.slot(file);
                slot.waiting.add(answer);
                slot.settle();
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private void run() {
        keeper.adopt();
        try {
            while (!closed) {
                turn();
            }
        } catch (InterruptedException e) {
            // the end
        } finally {
            folder.close();
        }
    }

    private void turn() throws InterruptedException {
        long nowNs = System.nanoTime();
        long limitNs = keeper.isBusy() ? BUSY_NS : Math.max(0, scannedNs + SCAN_NS - nowNs);
        Runnable message = messages.poll(isScanDue ? 0 : quiet.waitNs(nowNs, limitNs), TimeUnit.NANOSECONDS);
        try {
            for (; message != null; message = messages.poll()) {
                message.run();
            }
            work(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "drivers folder: this should not happen, going on", e);
        }
        seen = keeper.slots().stream().map(slot -> new Seen(slot.info(), slot.bundle)).toList();
    }

    private void work(long nowNs) {
        if (isScanDue || nowNs - scannedNs >= SCAN_NS) {
            isScanDue = false;
            scannedNs = nowNs;
            scan(nowNs);
        }
        keeper.checkLimits(nowNs);
        List<String> due = quiet.due(nowNs);
        if (!due.isEmpty() && mayBeUsed()) {
            // what has gone makes room for what comes
            due.stream().filter(file -> folder.stamp(file) == null).forEach(file -> keeper.look(file, nowNs));
            due.stream().filter(file -> folder.stamp(file) != null).forEach(file -> keeper.look(file, nowNs));
        }
    }

    private void changed(String file) {
        if (Folder.isDriver(file)) {
            quiet.changed(file, System.nanoTime());
        }
    }

    private void scan(long nowNs) {
        try {
            TreeMap<String, FileStamp> stamps = folder.look();
            folderTrouble = "";
            TreeSet<String> files = new TreeSet<>(stamps.keySet());
            keeper.slots().forEach(slot -> files.add(slot.file));
            for (String file : files) {
                if (!quiet.isWaiting(file) && keeper.isNews(file, stamps.get(file))) {
                    quiet.changed(file, nowNs);
                }
            }
        } catch (Trouble e) {
            complain(e);
        }
    }

    private boolean mayBeUsed() {
        try {
            folder.check();
            return true;
        } catch (Trouble e) {
            complain(e);
        } catch (IOException e) {
            complain(new Trouble(Trouble.Kind.UNUSABLE, "drivers folder cannot be read: reason=" + e));
        }
        return false;
    }

    /** Once for each reason. */
    private void complain(Trouble trouble) {
        if (!folderTrouble.equals(trouble.getMessage())) {
            folderTrouble = trouble.getMessage();
            LOG.log(Level.ERROR, "{0}; drivers that run are left alone", folderTrouble);
        }
    }

    /** Ends the watch; the bundles stay as they are. */
    @Override
    public void close() {
        closed = true;
        messages.add(() -> {});
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
