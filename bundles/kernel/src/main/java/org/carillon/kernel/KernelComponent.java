package org.carillon.kernel;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import org.carillon.api.filter.FilterCompiler;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.Wiring;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.schedule.Scheduler;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.StatusPage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ReferenceScope;
import org.osgi.service.metatype.annotations.Designate;

/** Makes the agent, its proxy and its thread, and tells them which scheduler and which filters are there. */
@Component(service = Kernel.class, immediate = true, configurationPid = KernelComponent.PID)
@Designate(ocd = KernelConfig.class)
public final class KernelComponent implements Kernel {
    static final String PID = "org.carillon.kernel";
    private static final System.Logger LOG = System.getLogger(KernelComponent.class.getName());
    private static final long STOP_LIMIT_MS = 2_000;
    private static final long NS_PER_US = 1_000;

    private final KernelProxy proxy;
    private final KernelLoop loop;
    private final Thread thread;
    /** Where the scheduler in use comes from, or null. */
    private ComponentServiceObjects<Scheduler> schedulerInUse;

    @Activate
    public KernelComponent(KernelConfig config, BundleContext context) {
        this(config, DataFile.in(context.getProperty(DataFile.FOLDER_PROPERTY), ConnectionMemory.FILE));
    }

    /** One that remembers nothing. */
    KernelComponent(KernelConfig config) {
        this(config, new DataFile(null, ConnectionMemory.FILE));
    }

    private KernelComponent(KernelConfig config, DataFile connections) {
        Platform platform = Platform.current();
        WaitPoint waitPoint = platform.newWaitPoint();
        Doorbell bell = new Doorbell(waitPoint.word(), waitPoint::wake);
        StatusPage page = new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, 4096));
        long startedNs = System.nanoTime();
        page.begin(ProcessHandle.current().pid(), startedNs);
        page.clock().set(0, startedNs, 1.0);
        KernelAgent agent = new KernelAgent(page, bell);
        proxy = new KernelProxy(agent, page, bell, new ConnectionMemory(connections));
        loop = new KernelLoop(agent, page, waitPoint, bell, platform, KernelComponent::report);
        loop.configure(config.realtimePriority(), config.spinUs() * NS_PER_US);
        thread = new Thread(loop, "carillon-time");
        thread.start();
        LOG.log(Level.DEBUG, () -> "kernel starts on " + platform.describe());
    }

    @Modified
    void modified(KernelConfig config) {
        loop.configure(config.realtimePriority(), config.spinUs() * NS_PER_US);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        proxy.stopped();
        loop.stop();
        thread.join(STOP_LIMIT_MS);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY, scope = ReferenceScope.PROTOTYPE_REQUIRED)
    synchronized void setScheduler(ComponentServiceObjects<Scheduler> services) {
        Scheduler scheduler = services.getService();
        if (scheduler != null) {
            WarmUp.run(scheduler);
            schedulerInUse = services;
            proxy.schedulerCame(scheduler);
        }
    }

    /** A better one comes before the one that it replaces goes: only the one in use is missed. */
    synchronized void unsetScheduler(ComponentServiceObjects<Scheduler> services) {
        if (services == schedulerInUse) {
            schedulerInUse = null;
            proxy.schedulerGone();
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setFilters(FilterCompiler compiler) {
        proxy.wiring().filters(compiler);
    }

    void unsetFilters(FilterCompiler compiler) {
        proxy.wiring().filtersGone(compiler);
    }

    private static void report(Throwable error) {
        LOG.log(Level.ERROR, "the time thread met an error and goes on", error);
    }

    @Override
    public Attachment attach(String name, Role role, LocalRing received) {
        return proxy.attach(name, role, received);
    }

    @Override
    public Doorbell doorbell() {
        return proxy.doorbell();
    }

    @Override
    public Wiring wiring() {
        return proxy.wiring();
    }

    /** As {@link KernelWiring#rename}. */
    void rename(String before, String after) {
        proxy.wiring().rename(before, after);
    }

    @Override
    public void rate(double rate) {
        proxy.rate(rate);
    }

    @Override
    public StatusPage status() {
        return proxy.status();
    }
}
