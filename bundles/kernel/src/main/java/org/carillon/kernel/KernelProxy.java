package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.carillon.api.port.Attachment;
import org.carillon.api.port.BorderAttachment;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.Kernel;
import org.carillon.api.port.Wiring;
import org.carillon.api.ring.BorderRings;
import org.carillon.api.ring.LocalRing;
import org.carillon.api.schedule.Scheduler;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.SessionState;
import org.carillon.protocol.StatusPage;

/**
 * The time thread as other threads see it: every call becomes a command, and returns when it is in effect. Nothing here
 * touches what the agent owns.
 */
final class KernelProxy implements Kernel {
    private static final long LIMIT_S = 5;

    private final KernelAgent agent;
    private final StatusMemory status;
    private final StatusPage page;
    private final Doorbell bell;
    private final HeldConnections held;
    private final Wiring wiring;
    private volatile boolean stopped;

    KernelProxy(KernelAgent agent, StatusPage page, Doorbell bell, ConnectionMemory memory) {
        this(agent, new StatusMemory(page), bell, memory);
    }

    KernelProxy(KernelAgent agent, StatusMemory status, Doorbell bell, ConnectionMemory memory) {
        this.agent = agent;
        this.status = status;
        page = status.page();
        this.bell = bell;
        held = new HeldConnections(this, memory);
        wiring = new KernelWiring(this, held, null);
    }

    /** From now on every call says that the server is not there any more. */
    void stopped() {
        stopped = true;
    }

    /** Hands over a scheduler; nobody need wait for this. */
    void schedulerCame(Scheduler scheduler) {
        agent.offer(() -> agent.schedulerCame(scheduler));
        bell.ring();
    }

    void schedulerGone() {
        if (!stopped) {
            run(agent::schedulerGone);
        }
    }

    @Override
    public Doorbell doorbell() {
        return bell;
    }

    @Override
    public Wiring wiring() {
        return wiring;
    }

    @Override
    public void rename(String before, String after) {
        held.rename(before, after);
        run(patchbay -> patchbay.connections().rename(before, after));
    }

    /** The connections that outlive the server, and who compiles their filters. */
    HeldConnections held() {
        return held;
    }

    @Override
    public StatusPage status() {
        return page;
    }

    @Override
    public int statusDescriptor() {
        return status.descriptor();
    }

    @Override
    public void rate(double rate) {
        run(() -> page.clock().setRate(rate));
    }

    @Override
    public Attachment attach(String name, Kernel.Role role, LocalRing received) {
        return new AttachedClient(call(() -> agent.patchbay().attach(name, role, received)));
    }

    @Override
    public BorderAttachment attach(String name, IntFunction<BorderRings> rings) {
        return new AttachedBorder(call(() -> agent.patchbay().attach(name, rings)));
    }

    @Override
    public void kick(String session) {
        run(patchbay -> patchbay.kick(session));
    }

    @Override
    public void ping() {
        run(patchbay -> {});
    }

    /** Does something soon; nobody waits for it. */
    void offer(Consumer<Patchbay> command) {
        agent.offer(() -> command.accept(agent.patchbay()));
        bell.ring();
    }

    void run(Consumer<Patchbay> command) {
        run(() -> command.accept(agent.patchbay()));
    }

    <T> T call(Function<Patchbay, T> command) {
        return call(() -> command.apply(agent.patchbay()));
    }

    private void run(Runnable command) {
        call(() -> {
            command.run();
            return null;
        });
    }

    private <T> T call(Supplier<T> command) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (stopped) {
            throw unreachable();
        }
        boolean taken = agent.offer(() -> {
            try {
                answer.complete(command.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        if (!taken) {
            throw new CarillonException(Kind.REFUSED, "too many commands wait for the kernel");
        }
        bell.ring();
        return await(answer);
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(LIMIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CarillonException refusal
                    ? new CarillonException(refusal.kind(), refusal.getMessage())
                    : new CarillonException(Kind.FAILED, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw stopped
                    ? unreachable()
                    : new CarillonException(Kind.TIMED_OUT, "the kernel did not answer: limitS=" + LIMIT_S);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CarillonException(Kind.FAILED, "interrupted while the kernel was asked");
        }
    }

    private static CarillonException unreachable() {
        return new CarillonException(Kind.UNREACHABLE, "the server has stopped");
    }

    /** One attached session or driver. */
    private class AttachedClient implements Attachment {
        final Client client;
        private final Wiring ownWiring;

        AttachedClient(Client client) {
            this.client = client;
            ownWiring = new KernelWiring(KernelProxy.this, held, client);
        }

        @Override
        public int id() {
            return client.id;
        }

        @Override
        public String name() {
            return client.name;
        }

        @Override
        public boolean isOpen() {
            return client.open && !stopped;
        }

        @Override
        public int addSource(String portName, LocalRing ring) {
            return call(() -> agent.patchbay().addSource(open(), portName, ring));
        }

        @Override
        public int addDestination(String portName, LocalRing ring, int index, boolean wholeNotes) {
            return call(() -> agent.patchbay().addDestination(open(), portName, ring, index, wholeNotes));
        }

        @Override
        public void addLoop(String portName, int capacityBytes, long delayNs) {
            run(() -> agent.patchbay().addLoop(open(), portName, capacityBytes, delayNs));
        }

        @Override
        public void removePort(int portId) {
            run(() -> agent.patchbay().removePort(client, portId));
        }

        @Override
        public Wiring wiring() {
            return ownWiring;
        }

        @Override
        public long schedule(long deadlineNs, MemorySegment record, int lengthBytes) {
            long handle = call(() -> scheduleTask(deadlineNs, record, lengthBytes));
            if (handle < 0) {
                throw new CarillonException(Kind.REFUSED, agent.hasScheduler()
                        ? "the scheduler is full: pending=" + agent.pending() + ", ofThisSession=" + client.pending
                        : "no scheduler bundle is active, so nothing can be scheduled");
            }
            return handle;
        }

        /** On the kernel's thread. */
        long scheduleTask(long deadlineNs, MemorySegment record, int lengthBytes) {
            return agent.scheduleTask(open(), deadlineNs, record, 0, lengthBytes);
        }

        /** On the kernel's thread. */
        boolean cancelTask(long handle) {
            return agent.cancel(handle);
        }

        @Override
        public boolean cancel(long handle) {
            return call(() -> {
                open();
                return cancelTask(handle);
            });
        }

        @Override
        public void close() {
            if (isOpen()) {
                run(() -> agent.patchbay().detach(client));
            }
        }

        final Client open() {
            if (!client.open) {
                throw new CarillonException(Kind.UNREACHABLE, "the session has ended: session=" + client.name);
            }
            return client;
        }
    }

    /** One attached session of another process. */
    private final class AttachedBorder extends AttachedClient implements BorderAttachment {
        AttachedBorder(Client client) {
            super(client);
        }

        @Override
        public int addSource(String portName) {
            return call(() -> agent.patchbay().addSource(open(), portName));
        }

        @Override
        public int addDestination(String portName, int index, boolean wholeNotes) {
            return call(() -> agent.patchbay().addDestination(open(), portName, index, wholeNotes));
        }

        @Override
        public void end(SessionState how, String reason) {
            if (isOpen()) {
                run(() -> agent.patchbay().detach(client, how, reason));
            }
        }

        @Override
        public void watch(int changes) {
            run(() -> agent.patchbay().watch(open(), changes));
        }

        @Override
        long scheduleTask(long deadlineNs, MemorySegment record, int lengthBytes) {
            int ticket = open().nextTicket();
            return client.rememberTask(ticket,
                    agent.scheduleTask(client, deadlineNs, record, 0, lengthBytes, ticket));
        }

        /** Only what this session has scheduled itself: handles of others can be guessed. */
        @Override
        boolean cancelTask(long ticket) {
            long handle = client.forgetTask(ticket);
            if (handle == Client.NO_TASK || !agent.cancel(handle)) {
                return false;
            }
            client.waitsNoMore();
            return true;
        }
    }
}
