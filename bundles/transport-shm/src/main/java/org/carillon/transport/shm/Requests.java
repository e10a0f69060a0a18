package org.carillon.transport.shm;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Direction;
import org.carillon.api.port.Wiring;
import org.carillon.protocol.Change;
import org.carillon.protocol.ControlPacket;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.ServerClock;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.StatusPage;
import org.carillon.protocol.control.Alias;
import org.carillon.protocol.control.Cancelled;
import org.carillon.protocol.control.ConfigurationText;
import org.carillon.protocol.control.ConnectionFilter;
import org.carillon.protocol.control.ConnectionList;
import org.carillon.protocol.control.ConnectionMade;
import org.carillon.protocol.control.ControlHandler;
import org.carillon.protocol.control.ControlRequest;
import org.carillon.protocol.control.CounterList;
import org.carillon.protocol.control.DestinationFilter;
import org.carillon.protocol.control.DeviceList;
import org.carillon.protocol.control.DriverEntry;
import org.carillon.protocol.control.DriverFile;
import org.carillon.protocol.control.DriverList;
import org.carillon.protocol.control.Ends;
import org.carillon.protocol.control.Hello;
import org.carillon.protocol.control.LogLine;
import org.carillon.protocol.control.LogPart;
import org.carillon.protocol.control.LogQuery;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.NewDestination;
import org.carillon.protocol.control.NewDriver;
import org.carillon.protocol.control.NewInstrument;
import org.carillon.protocol.control.NewSource;
import org.carillon.protocol.control.NewTap;
import org.carillon.protocol.control.NewTask;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.OpenSession;
import org.carillon.protocol.control.Page;
import org.carillon.protocol.control.Pid;
import org.carillon.protocol.control.PidList;
import org.carillon.protocol.control.PortAdded;
import org.carillon.protocol.control.PortId;
import org.carillon.protocol.control.PortList;
import org.carillon.protocol.control.Rate;
import org.carillon.protocol.control.Refused;
import org.carillon.protocol.control.ServerStatus;
import org.carillon.protocol.control.SessionList;
import org.carillon.protocol.control.SessionName;
import org.carillon.protocol.control.SessionOpened;
import org.carillon.protocol.control.TapEnds;
import org.carillon.protocol.control.TaskHandle;
import org.carillon.protocol.control.Time;
import org.carillon.protocol.control.Watch;
import org.carillon.protocol.control.Welcome;
import org.carillon.protocol.control.WireRefusal;

/** Answers the requests of one connection. What it asks of others is in effect when the reply goes. */
final class Requests implements ControlHandler {
    private static final System.Logger LOG = System.getLogger("org.carillon.client");
    private static final Nothing DONE = new Nothing();
    private static final int MAX_LINE_LENGTH = 1024;

    private final ControlConnection connection;
    private final ControlServer server;
    private final LookRequests look;
    private final AdminRequests admin;

    Requests(ControlConnection connection, ControlServer server) {
        this.connection = connection;
        this.server = server;
        look = new LookRequests(server);
        admin = new AdminRequests(server.services());
    }

    private static <T> T asked(Supplier<T> answer) throws WireRefusal {
        try {
            return answer.get();
        } catch (CarillonException e) {
            throw new WireRefusal(e.kind().name(), e.getMessage());
        }
    }

    private static Nothing done(Runnable change) throws WireRefusal {
        return asked(() -> {
            change.run();
            return DONE;
        });
    }

    private ShmSession session() throws WireRefusal {
        ShmSession session = connection.session();
        if (session == null) {
            throw new WireRefusal("WRONG_USAGE", "this needs a session: open one first");
        }
        return session;
    }

    /** What a session connects of its own ports is not remembered. */
    private Wiring wiring() {
        ShmSession session = connection.session();
        return session == null ? server.kernel().wiring() : session.attachment().wiring();
    }

    @Override
    public void refused(ControlRequest request, Refused refused, RuntimeException cause) {
        if (cause != null) {
            LOG.log(Level.ERROR, "request met an error: request=" + request + ", client=" + connection.clientName(),
                    cause);
        }
    }

    @Override
    public Welcome hello(Hello request) throws WireRefusal {
        connection.greet(request);
        connection.sendAlong(server.kernel().statusDescriptor());
        return new Welcome(ControlPacket.PROTOCOL_VERSION, server.version(), (int) ProcessHandle.current().pid(),
                connection.right().ordinal(), StatusPage.LENGTH);
    }

    @Override
    public org.carillon.protocol.control.Number ping(org.carillon.protocol.control.Number request) {
        return request;
    }

    @Override
    public org.carillon.protocol.control.Number kernelPing(org.carillon.protocol.control.Number request)
            throws WireRefusal {
        return asked(() -> {
            server.kernel().ping();
            return request;
        });
    }

    @Override
    public ServerStatus status(Nothing request) {
        return look.status();
    }

    @Override
    public Time time(Nothing request) {
        ServerClock clock = server.kernel().status().clock();
        long monoNs = System.nanoTime();
        return new Time(clock.serverNs(monoNs), monoNs, clock.rate());
    }

    @Override
    public PortList ports(Page request) throws WireRefusal {
        return look.ports(request);
    }

    @Override
    public ConnectionList connections(Page request) throws WireRefusal {
        return look.connections(request);
    }

    @Override
    public SessionList sessions(Page request) throws WireRefusal {
        return look.sessions(request);
    }

    @Override
    public CounterList counters(Nothing request) {
        return look.counters();
    }

    @Override
    public DeviceList devices(Page request) throws WireRefusal {
        return admin.devices(request);
    }

    @Override
    public DriverList drivers(Page request) throws WireRefusal {
        return admin.drivers(request);
    }

    @Override
    public LogPart log(LogQuery request) throws WireRefusal {
        return look.log(request);
    }

    @Override
    public SessionOpened openSession(OpenSession request) throws WireRefusal {
        if (connection.session() != null) {
            throw new WireRefusal("REFUSED", "a connection has one session, open another connection: session="
                    + connection.session().name());
        }
        String name = Names.checkedSession(request.name());
        int toServer = capacity(request.toServerCapacity());
        int toClient = capacity(request.toClientCapacity());
        if (request.flags() != 0) {
            throw new WireRefusal("WRONG_USAGE", "flags must be 0: flags=" + request.flags());
        }
        ControlLoop loop = server.loop();
        ShmSession session = asked(() -> {
            try {
                return ShmSession.open(server.kernel(), name, toServer, toClient, connection.usage(),
                        (ended, how, reason) -> loop.later(() -> connection.sessionEnded(ended, how, reason)));
            } catch (WireRefusal e) {
                throw new CarillonException(CarillonException.Kind.valueOf(e.code()), e.getMessage());
            }
        });
        connection.session(session);
        server.sessionOpened();
        connection.sendAlong(session.descriptors());
        return new SessionOpened(session.id(), toServer, toClient);
    }

    private static int capacity(int asked) throws WireRefusal {
        if (asked == 0) {
            return SessionMemory.DEFAULT_CAPACITY;
        }
        if (!SessionMemory.isCapacity(asked)) {
            throw new WireRefusal("WRONG_USAGE", "ring capacity must be a power of two from "
                    + SessionMemory.MIN_CAPACITY + " to " + SessionMemory.MAX_CAPACITY + " bytes: capacityBytes="
                    + asked);
        }
        return asked;
    }

    @Override
    public Nothing closeSession(Nothing request) throws WireRefusal {
        session();
        return done(connection::endSession);
    }

    @Override
    public PortAdded addSource(NewSource request) throws WireRefusal {
        ShmSession session = session();
        String port = Names.checked("port name", request.port());
        return new PortAdded(added(() -> session.addSource(port)), 0, session.fullName(port));
    }

    @Override
    public PortAdded addDestination(NewDestination request) throws WireRefusal {
        ShmSession session = session();
        String port = Names.checked("port name", request.port());
        int id = added(() -> session.addDestination(port, request.wholeNotes()));
        return new PortAdded(id, session.lastIndex(), session.fullName(port));
    }

    /** A quota or the kernel may refuse it. */
    @FunctionalInterface
    private interface Adding {
        int add() throws WireRefusal;
    }

    private static int added(Adding adding) throws WireRefusal {
        try {
            return adding.add();
        } catch (CarillonException e) {
            throw new WireRefusal(e.kind().name(), e.getMessage());
        }
    }

    @Override
    public Nothing removePort(PortId request) throws WireRefusal {
        ShmSession session = session();
        return done(() -> session.removePort(request.portId()));
    }

    @Override
    public Nothing watch(Watch request) throws WireRefusal {
        ShmSession session = session();
        if ((request.changes() & ~Change.EVERYTHING) != 0) {
            throw new WireRefusal("WRONG_USAGE", "changes must be a sum of 1, 2 and 4: changes=" + request.changes());
        }
        return done(() -> session.attachment().watch((int) request.changes()));
    }

    @Override
    public ConnectionMade connect(NewConnection request) throws WireRefusal {
        return made(() -> wiring().connect(request.source(), request.destination(), request.filter(),
                loops(request)));
    }

    @Override
    public ConnectionMade connectOnce(NewConnection request) throws WireRefusal {
        return made(() -> wiring().connectOnce(request.source(), request.destination(), request.filter(),
                loops(request)));
    }

    private static Wiring.Loops loops(NewConnection request) {
        return request.allowLoop() ? Wiring.Loops.ALLOWED : Wiring.Loops.REFUSED;
    }

    @Override
    public Nothing disconnect(Ends request) throws WireRefusal {
        return done(() -> wiring().disconnect(request.source(), request.destination()));
    }

    @Override
    public Nothing filter(ConnectionFilter request) throws WireRefusal {
        return done(() -> wiring().filter(request.source(), request.destination(), request.filter()));
    }

    @Override
    public Nothing filterDestination(DestinationFilter request) throws WireRefusal {
        return done(() -> wiring().destinationFilter(request.destination(), request.filter()));
    }

    @Override
    public ConnectionMade tap(NewTap request) throws WireRefusal {
        return made(() -> wiring().tap(direction(request.ofDestination()), request.port(), request.destination(),
                request.filter()));
    }

    private ConnectionMade made(Supplier<Integer> make) throws WireRefusal {
        Quotas.Usage usage = connection.usage();
        usage.takeConnection(look::connectionIds);
        int id = 0;
        try {
            id = asked(make);
            return new ConnectionMade(id);
        } finally {
            usage.made(id, id != 0);
        }
    }

    @Override
    public Nothing untap(TapEnds request) throws WireRefusal {
        return done(() -> wiring().untap(direction(request.ofDestination()), request.port(), request.destination()));
    }

    private static Direction direction(boolean ofDestination) {
        return ofDestination ? Direction.DESTINATION : Direction.SOURCE;
    }

    @Override
    public Nothing panic(Nothing request) throws WireRefusal {
        return done(wiring()::panic);
    }

    @Override
    public void panicNow(Nothing request) throws WireRefusal {
        done(wiring()::panic);
    }

    @Override
    public TaskHandle schedule(NewTask request) throws WireRefusal {
        ShmSession session = session();
        MemorySegment record = Arena.ofAuto().allocate(Event.TASK_LENGTH, Event.ALIGNMENT);
        new Event().wrap(record, 0).header(Event.TASK_LENGTH, EventType.TASK).timeNs(request.deadlineNs())
                .taskWord(0, request.what()).taskWord(1, request.argument1()).taskWord(2, request.argument2())
                .taskWord(3, request.argument3());
        return new TaskHandle(
                asked(() -> session.attachment().schedule(request.deadlineNs(), record, Event.TASK_LENGTH)));
    }

    @Override
    public Cancelled cancel(TaskHandle request) throws WireRefusal {
        ShmSession session = session();
        return new Cancelled(asked(() -> session.attachment().cancel(request.handle())));
    }

    @Override
    public void tell(LogLine request) {
        Level level = switch (request.level()) {
            case 0 -> Level.DEBUG;
            case 1 -> Level.INFO;
            case 2 -> Level.WARNING;
            default -> Level.ERROR;
        };
        String line = request.message().codePoints().limit(MAX_LINE_LENGTH)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        LOG.log(level, "{0}: {1}", connection.clientName(), line);
    }

    @Override
    public Nothing stay(Nothing request) {
        server.lifeSpan().stay();
        return DONE;
    }

    @Override
    public Nothing alias(Alias request) throws WireRefusal {
        return admin.alias(request);
    }

    @Override
    public Nothing kick(SessionName request) throws WireRefusal {
        return done(() -> server.kernel().kick(request.session()));
    }

    @Override
    public Nothing rate(Rate request) throws WireRefusal {
        if (!(request.rate() > 0 && request.rate() <= 1000)) {
            throw new WireRefusal("WRONG_USAGE", "rate must be above 0 and at most 1000: rate=" + request.rate());
        }
        return done(() -> server.kernel().rate(request.rate()));
    }

    @Override
    public DriverEntry installDriver(NewDriver request) throws WireRefusal {
        return admin.installDriver(request, connection.received());
    }

    @Override
    public DriverEntry startDriver(DriverFile request) throws WireRefusal {
        return admin.startDriver(request);
    }

    @Override
    public DriverEntry stopDriver(DriverFile request) throws WireRefusal {
        return admin.stopDriver(request);
    }

    @Override
    public DriverEntry removeDriver(DriverFile request) throws WireRefusal {
        return admin.removeDriver(request);
    }

    @Override
    public Nothing instrument(NewInstrument request) throws WireRefusal {
        return admin.instrument(request);
    }

    @Override
    public PidList configurations(Page request) throws WireRefusal {
        return admin.configurations(request);
    }

    @Override
    public ConfigurationText configuration(Pid request) throws WireRefusal {
        return admin.configuration(request);
    }

    @Override
    public Nothing configure(ConfigurationText request) throws WireRefusal {
        return admin.configure(request);
    }

    @Override
    public Nothing down(Nothing request) {
        server.lifeSpan().down();
        return DONE;
    }
}
