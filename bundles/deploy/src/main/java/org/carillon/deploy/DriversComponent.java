package org.carillon.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.carillon.api.driver.DriverGuard;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.driver.DriverInfo.State;
import org.carillon.api.driver.Drivers;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;

/** Makes the deployer for the configured folder, and hands over what others ask of it or tell it. */
@Component(service = {Drivers.class, DriverGuard.class}, immediate = true, configurationPid = DriversComponent.PID)
@Designate(ocd = DeployConfig.class)
public final class DriversComponent implements Drivers, DriverGuard {
    static final String PID = "org.carillon.deploy";
    private static final String HOME = "carillon.home";
    private static final int MIB_SHIFT = 20;
    private static final int ANSWER_LIMITS = 3;

    private final BundleWork work;
    private final Fence fence;
    private final Folder folder;
    private final Components components;
    private final Upload upload;
    private final Deployer deployer;
    private final long answerLimitMs;

    @Activate
    public DriversComponent(DeployConfig config, BundleContext context,
            @Reference ServiceComponentRuntime runtime) throws IOException {
        check("quietMs", config.quietMs(), 10, 10_000);
        check("actionLimitMs", config.actionLimitMs(), 100, 600_000);
        check("maxFileMb", config.maxFileMb(), 1, 1_024);
        Path own = context.getDataFile("").toPath();
        RunNotes notes = new RunNotes(own.resolve("notes"), context.getProperty(Constants.FRAMEWORK_UUID));
        Path staging = Files.createDirectories(own.resolve("staging"));
        answerLimitMs = ANSWER_LIMITS * config.actionLimitMs();
        fence = new Fence(notes);
        folder = new Folder(folder(config.folder(), context.getProperty(HOME), own), Ownership.of(staging),
                (long) config.maxFileMb() << MIB_SHIFT);
        work = new BundleWork(context, folder, fence, staging);
        components = new Components(runtime);
        upload = new Upload(folder, fence);
        Quiet quiet = new Quiet(TimeUnit.MILLISECONDS.toNanos(config.quietMs()));
        deployer = new Deployer(folder, quiet,
                finished -> new Keeper(config, folder, work, components, notes, fence, quiet, finished));
        deployer.start();
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ": " + key + "=" + value);
        }
    }

    /** Where no home is known the folder lies with the framework's own data. */
    private static Path folder(String configured, String home, Path own) {
        Path base = home == null ? own : Path.of(home);
        return base.resolve(configured.isBlank() ? "drivers" : configured);
    }

    @Deactivate
    void deactivate() {
        deployer.close();
    }

    @Override
    public List<DriverInfo> list() {
        return deployer.seen().stream().map(this::now).toList();
    }

    /** With what may have changed without the folder: components come and fail, bundles are stopped by others. */
    private DriverInfo now(Deployer.Seen seen) {
        DriverInfo info = seen.info();
        if (info.state() != State.ACTIVE || seen.bundle() == null) {
            return info;
        }
        if (seen.bundle().getState() != org.osgi.framework.Bundle.ACTIVE) {
            return with(info, State.STOPPED, "its bundle does not run");
        }
        String failure = components.failure(seen.bundle());
        return failure.isEmpty()
                ? with(info, State.ACTIVE, info.reason().isEmpty() ? components.wish(seen.bundle()) : info.reason())
                : with(info, State.FAILED, failure);
    }

    private static DriverInfo with(DriverInfo info, State state, String reason) {
        return new DriverInfo(info.file(), info.symbolicName(), info.version(), state, reason);
    }

    @Override
    public DriverInfo install(String file, InputStream jar) {
        upload.put(file, jar);
        return await(file, deployer.ask(file, (keeper, slot) -> keeper.look(file, System.nanoTime())));
    }

    @Override
    public DriverInfo remove(String file) {
        Upload.checkName(file);
        try {
            Files.delete(folder.file(file));
        } catch (IOException e) {
            throw new CarillonException(Files.exists(folder.file(file)) ? Kind.FAILED : Kind.NO_SUCH_NAME,
                    "driver cannot be removed: file=" + file + ", folder=" + folder.path() + ", reason="
                            + Trouble.reason(e));
        }
        return await(file, deployer.ask(file, (keeper, slot) -> {
            known(file, slot);
            keeper.look(file, System.nanoTime());
        }));
    }

    @Override
    public DriverInfo start(String file) {
        return await(file, deployer.ask(file, (keeper, slot) -> {
            ready(file, slot);
            if (slot.state != State.ACTIVE || !slot.runs()) {
                keeper.start(slot, System.nanoTime());
            }
        }));
    }

    @Override
    public DriverInfo stop(String file) {
        return await(file, deployer.ask(file, (keeper, slot) -> {
            ready(file, slot);
            if (slot.runs()) {
                keeper.stop(slot);
            }
        }));
    }

    private static void known(String file, Slot slot) {
        if (slot == null) {
            throw new CarillonException(Kind.NO_SUCH_NAME, "no such driver: file=" + file);
        }
    }

    private static void ready(String file, Slot slot) {
        known(file, slot);
        if (slot.state == State.ABSENT) {
            throw new CarillonException(Kind.NO_SUCH_NAME, "driver's file is gone: file=" + file);
        }
        if (slot.isFenced()) {
            throw new CarillonException(Kind.REFUSED, "driver is fenced off until the server restarts: file=" + file
                    + ", reason=" + slot.reason);
        }
        if (slot.action != null) {
            throw new CarillonException(Kind.REFUSED, "driver is being started or stopped: file=" + file);
        }
    }

    private DriverInfo await(String file, CompletableFuture<DriverInfo> answer) {
        try {
            return answer.get(answerLimitMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CarillonException refusal
                    ? new CarillonException(refusal.kind(), refusal.getMessage())
                    : new CarillonException(Kind.FAILED, "driver: file=" + file + ", reason=" + e.getCause());
        } catch (TimeoutException e) {
            throw new CarillonException(Kind.TIMED_OUT, "driver is not ready: file=" + file + ", limitMs="
                    + answerLimitMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CarillonException(Kind.FAILED, "interrupted: file=" + file);
        }
    }

    @Override
    public boolean mayOpen(long bundleId) {
        return !fence.holds(bundleId);
    }

    @Override
    public void opened(long bundleId, String driver) {
        deployer.tell(keeper -> keeper.opened(bundleId, driver));
    }

    @Override
    public void attend(LongConsumer endDrivers) {
        deployer.tell(keeper -> keeper.attend(endDrivers));
    }

    @Override
    public boolean notOpened(long bundleId, String driver, String reason, boolean hangs) {
        return tell(bundleId, hangs, keeper -> keeper.notOpened(bundleId, driver, reason, hangs));
    }

    @Override
    public boolean notClosed(long bundleId, String driver, String reason, boolean hangs) {
        return tell(bundleId, hangs, keeper -> keeper.notClosed(bundleId, driver, reason, hangs));
    }

    private boolean tell(long bundleId, boolean hangs, Consumer<Keeper> message) {
        boolean isOurs = work.isOurs(bundleId);
        if (isOurs) {
            if (hangs) {
                fence.close(bundleId); // at once: what comes next must see it
            }
            deployer.tell(message);
        }
        return isOurs;
    }
}
