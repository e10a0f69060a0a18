package org.carillon.kernel;

import java.util.function.IntFunction;
import org.carillon.api.filter.FilterCompiler;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.BorderAttachment;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.Wiring;
import org.carillon.api.ring.BorderRings;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.schedule.Scheduler;
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

/** Runs the kernel, and tells it which scheduler and which filters are there. */
@Component(service = Kernel.class, immediate = true, configurationPid = KernelComponent.PID)
@Designate(ocd = KernelConfig.class)
public final class KernelComponent implements Kernel {
    static final String PID = "org.carillon.kernel";
    private static final long NS_PER_US = 1_000;

    private final RunningKernel running;
    private final KernelProxy proxy;
    /** Where the scheduler in use comes from, or null. */
    private ComponentServiceObjects<Scheduler> schedulerInUse;

    @Activate
    public KernelComponent(KernelConfig config, BundleContext context) {
        running = new RunningKernel(DataFile.in(context.getProperty(DataFile.FOLDER_PROPERTY), ConnectionMemory.FILE));
        proxy = running.proxy();
        modified(config);
    }

    @Modified
    void modified(KernelConfig config) {
        running.loop().configure(config.realtimePriority(), config.spinUs() * NS_PER_US);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        running.stop();
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
        proxy.held().filters(compiler);
    }

    void unsetFilters(FilterCompiler compiler) {
        proxy.held().filtersGone(compiler);
    }

    @Override
    public Attachment attach(String name, Role role, LocalRing received) {
        return proxy.attach(name, role, received);
    }

    @Override
    public BorderAttachment attach(String name, IntFunction<BorderRings> rings) {
        return proxy.attach(name, rings);
    }

    @Override
    public void kick(String session) {
        proxy.kick(session);
    }

    @Override
    public void ping() {
        proxy.ping();
    }

    @Override
    public int statusDescriptor() {
        return proxy.statusDescriptor();
    }

    @Override
    public Doorbell doorbell() {
        return proxy.doorbell();
    }

    @Override
    public Wiring wiring() {
        return proxy.wiring();
    }

    @Override
    public void rename(String before, String after) {
        proxy.rename(before, after);
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
