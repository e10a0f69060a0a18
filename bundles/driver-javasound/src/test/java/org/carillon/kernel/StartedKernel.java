package org.carillon.kernel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.carillon.api.port.Kernel;
import org.carillon.api.schedule.Scheduler;
import org.carillon.scheduler.TimeScheduler;
import org.osgi.service.component.ComponentServiceObjects;

/** A real kernel with its thread and a scheduler, without a framework. */
public final class StartedKernel {
    private static final int SCHEDULER_CAPACITY = 4_096;

    private final KernelComponent component = new KernelComponent(
            proxy(KernelConfig.class, (self, method, arguments) -> method.getDefaultValue()));

    public StartedKernel() {
        @SuppressWarnings("unchecked")
        ComponentServiceObjects<Scheduler> schedulers = proxy(ComponentServiceObjects.class,
                (self, method, arguments) -> method.getName().equals("getService")
                        ? new TimeScheduler(SCHEDULER_CAPACITY)
                        : null);
        component.setScheduler(schedulers);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }

    public Kernel kernel() {
        return component;
    }

    public void stop() throws InterruptedException {
        component.deactivate();
    }
}
