package org.carillon.launcher.command.client;

import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Wiring;
import org.carillon.api.session.Destination;
import org.carillon.api.session.EventHandler;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.client.ClientDestination;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.protocol.ServerClock;
import org.carillon.protocol.control.NewConnection;

/** A session at a server in another process, for code that knows sessions: players and recorders. */
final class RemoteSession implements Session {
    private final ClientSession session;
    private final ServerClock clock;
    private final RemoteWiring wiring = new RemoteWiring();

    RemoteSession(ClientSession session) {
        this.session = session;
        clock = session.server().clock();
    }

    @Override
    public int id() {
        return session.id();
    }

    @Override
    public String name() {
        return session.name();
    }

    @Override
    public boolean isOpen() {
        return session.isReachable();
    }

    @Override
    public ServerClock clock() {
        return clock;
    }

    @Override
    public Source source(String port) {
        return new RemoteSource(session.source(port));
    }

    @Override
    public Destination destination(String port, boolean wholeNotes) {
        return new RemoteDestination(session.destination(port, wholeNotes));
    }

    @Override
    public int poll(EventHandler handler, int limit) {
        return session.poll(handler::onEvent, limit);
    }

    @Override
    public void await(long deadlineMonoNs) {
        session.await(deadlineMonoNs);
    }

    @Override
    public void wake() {
        session.wake();
    }

    @Override
    public long schedule(long deadlineNs, long what, long argument1, long argument2, long argument3) {
        return session.schedule(deadlineNs, what, argument1, argument2, argument3);
    }

    @Override
    public boolean cancel(long handle) {
        return session.cancel(handle);
    }

    @Override
    public Wiring wiring() {
        return wiring;
    }

    /** The server shows itself to clients by {@link org.carillon.client.ServerView} instead. */
    @Override
    public StatusSnapshot status() {
        throw new CarillonException(Kind.REFUSED, "status of a server in another process is not of this class");
    }

    /** What was sent goes out, what sounds is released. */
    @Override
    public void close() {
        session.close();
    }

    private record RemoteSource(ClientSource source) implements Source {
        @Override
        public int id() {
            return source.id();
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public boolean send(long deadlineNs, int status, int data1, int data2) {
            return source.send(deadlineNs, status, data1, data2);
        }

        @Override
        public boolean sendNote(long deadlineNs, int channel, int pitch, int velocity, long durationNs) {
            return source.sendNote(deadlineNs, channel, pitch, velocity, durationNs);
        }

        @Override
        public boolean sendMessage(long deadlineNs, byte[] message, long timeoutNs) {
            return source.sendMessage(deadlineNs, message, timeoutNs);
        }

        @Override
        public void flush() {
            source.flush();
        }
    }

    private record RemoteDestination(ClientDestination destination) implements Destination {
        @Override
        public int id() {
            return destination.id();
        }

        @Override
        public String name() {
            return destination.name();
        }

        @Override
        public int index() {
            return destination.index();
        }
    }

    /** Asks over the session's own connection: what it makes of its own ports ends with it. */
    private final class RemoteWiring implements Wiring {
        @Override
        public int connect(String source, String destination, String filter, Loops loops) {
            return session.connect(source, destination, filter, loops == Loops.ALLOWED);
        }

        @Override
        public int connectOnce(String source, String destination, String filter, Loops loops) {
            return session.client().ask(to -> to.connectOnce(new NewConnection(source, destination, filter,
                    loops == Loops.ALLOWED))).connectionId();
        }

        @Override
        public void disconnect(String source, String destination) {
            session.disconnect(source, destination);
        }

        @Override
        public int tap(Direction of, String port, String destination, String filter) {
            return session.tap(of == Direction.DESTINATION, port, destination, filter);
        }

        @Override
        public void untap(Direction of, String port, String destination) {
            session.untap(of == Direction.DESTINATION, port, destination);
        }

        @Override
        public void panic() {
            session.panic();
        }

        @Override
        public void filter(String source, String destination, String filter) {
            session.filter(source, destination, filter);
        }

        @Override
        public void destinationFilter(String destination, String filter) {
            session.filterDestination(destination, filter);
        }
    }
}
